import type { TiKVSpec } from '../../api/index.ts';
import {
  capacity,
  containerResources,
  copy,
  copyList,
  envField,
  envValue,
  fields,
  type Member,
  readinessProbe,
  serverEnv,
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
    env: tikvEnv(member),
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

function tikvEnv({ names, spec, cluster, settings, report }: Member<TiKVSpec>): MapValue[] {
  const generated = [
    envField('NAMESPACE', 'metadata.namespace'),
    envValue('CLUSTER_NAME', names.instance),
    envValue('HEADLESS_SERVICE_NAME', names.peer),
    envValue('CAPACITY', capacity(spec)),
    envValue('TZ', cluster.timezone),
    // On the host's network the host's name is not the pod's.
    ...(settings.hostNetwork ? [envField('POD_NAME', 'metadata.name')] : []),
  ];
  return serverEnv(generated, spec.env, report);
}
