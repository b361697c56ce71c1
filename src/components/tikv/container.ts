import type { TiKVSpec } from '../../api/index.ts';
import { type Member, readinessProbe, serverContainer, storeEnv, tcpCheck } from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { PORTS } from './ports.ts';
import { tikvMounts } from './volumes.ts';

export function tikvContainer(member: Member<TiKVSpec>, image: string): MapValue {
  const { spec, cluster } = member;
  return serverContainer(member, image, {
    command: ['/bin/sh', '/usr/local/bin/tikv_start_script.sh'],
    env: storeEnv(member, cluster.timezone),
    ports: { server: PORTS.server, ...(spec.enableNamedStatusPort && { status: PORTS.status }) },
    readinessProbe: spec.readinessProbe && readinessProbe(tcpCheck(PORTS.server), spec.readinessProbe),
    securityContext: { privileged: spec.privileged ?? false },
    volumeMounts: tikvMounts(member),
  });
}
