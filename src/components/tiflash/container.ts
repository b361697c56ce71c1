import type { TiFlashSpec } from '../../api/index.ts';
import { inCommand, type Member, serverContainer, storeEnv } from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { CLICKHOUSE_PORTS, PORTS } from './ports.ts';
import { tiflashStartScript } from './start-script.ts';
import { tiflashMounts } from './volumes.ts';

export function tiflashContainer(member: Member<TiFlashSpec>, image: string): MapValue {
  const { spec, cluster } = member;
  return serverContainer(member, image, {
    command: ['/bin/sh', '-c', inCommand(tiflashStartScript(member))],
    env: storeEnv(member, cluster.timezone || 'UTC'),
    ports: { tiflash: PORTS.flash, proxy: PORTS.proxy, ...CLICKHOUSE_PORTS, metrics: PORTS.metrics },
    securityContext: { privileged: spec.privileged ?? false },
    volumeMounts: tiflashMounts(member),
  });
}
