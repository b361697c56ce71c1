import type { TiFlashSpec } from '../../api/index.ts';
import {
  containerResources,
  copy,
  copyList,
  fields,
  inCommand,
  type Member,
  storeEnv,
  unlessEmpty,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { CLICKHOUSE_PORTS, PORTS } from './ports.ts';
import { tiflashStartScript } from './start-script.ts';
import { tiflashMounts } from './volumes.ts';

export function tiflashContainer(member: Member<TiFlashSpec>, image: string): MapValue {
  const { spec, settings } = member;
  const ports = {
    tiflash: PORTS.flash,
    proxy: PORTS.proxy,
    ...CLICKHOUSE_PORTS,
    metrics: PORTS.metrics,
  };
  return fields({
    name: 'tiflash',
    image,
    imagePullPolicy: settings.imagePullPolicy,
    command: ['/bin/sh', '-c', inCommand(tiflashStartScript(member))],
    env: storeEnv(member, member.cluster.timezone || 'UTC'),
    envFrom: unlessEmpty(copyList(spec.envFrom)),
    ports: Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort, protocol: 'TCP' })),
    resources: containerResources(spec),
    securityContext: copy(spec.securityContext ?? { privileged: spec.privileged ?? false }),
    volumeMounts: tiflashMounts(member),
  });
}
