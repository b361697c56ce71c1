import type { TiFlashSpec } from '../../api/index.ts';
import {
  capacity,
  containerResources,
  copy,
  copyList,
  envField,
  envValue,
  fields,
  inCommand,
  type Member,
  serverEnv,
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
    env: tiflashEnv(member),
    envFrom: unlessEmpty(copyList(spec.envFrom)),
    ports: Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort, protocol: 'TCP' })),
    resources: containerResources(spec),
    securityContext: copy(spec.securityContext ?? { privileged: spec.privileged ?? false }),
    volumeMounts: tiflashMounts(member),
  });
}

function tiflashEnv({ names, spec, cluster, settings, report }: Member<TiFlashSpec>): MapValue[] {
  const generated = [
    envField('NAMESPACE', 'metadata.namespace'),
    envValue('CLUSTER_NAME', names.instance),
    envValue('HEADLESS_SERVICE_NAME', names.peer),
    envValue('CAPACITY', capacity(spec)),
    envValue('TZ', cluster.timezone || 'UTC'),
    // On the host's network the host's name is not the pod's.
    ...(settings.hostNetwork ? [envField('POD_NAME', 'metadata.name')] : []),
  ];
  return serverEnv(generated, spec.env, report);
}
