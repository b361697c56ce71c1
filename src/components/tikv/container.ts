import type { TiKVSpec } from '../../api/index.ts';
import {
  containerResources,
  copy,
  copyList,
  fields,
  type Member,
  readinessProbe,
  storeEnv,
  tcpCheck,
  unlessEmpty,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { PORTS } from './ports.ts';
import { tikvMounts } from './volumes.ts';

export function tikvContainer(member: Member<TiKVSpec>, image: string): MapValue {
  const { spec, settings } = member;
  return fields({
    name: 'tikv',
    image,
    imagePullPolicy: settings.imagePullPolicy,
    command: ['/bin/sh', '/usr/local/bin/tikv_start_script.sh'],
    env: storeEnv(member, member.cluster.timezone),
    envFrom: unlessEmpty(copyList(spec.envFrom)),
    ports: [
      { name: 'server', containerPort: PORTS.server, protocol: 'TCP' },
      ...(spec.enableNamedStatusPort
        ? [{ name: 'status', containerPort: PORTS.status, protocol: 'TCP' }]
        : []),
    ],
    resources: containerResources(spec),
    readinessProbe: spec.readinessProbe && readinessProbe(tcpCheck(PORTS.server), spec.readinessProbe),
    securityContext: copy(spec.securityContext ?? { privileged: spec.privileged ?? false }),
    volumeMounts: tikvMounts(member),
  });
}
