import type { PDSpec } from '../../api/index.ts';
import {
  annotationsMount,
  certificateMounts,
  configMounts,
  containerResources,
  copy,
  copyList,
  envField,
  envValue,
  fields,
  type Member,
  mount,
  readinessProbe,
  serverEnv,
  storageMounts,
  tcpCheck,
  unlessEmpty,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { pdCertificates } from './certificates.ts';
import { DATA_DIR } from './config-facts.ts';
import { PORTS } from './ports.ts';

export function pdContainer(member: Member<PDSpec>, image: string): MapValue {
  const { spec, settings } = member;
  return fields({
    name: 'pd',
    image,
    imagePullPolicy: settings.imagePullPolicy,
    command: ['/bin/sh', '/usr/local/bin/pd_start_script.sh'],
    env: pdEnv(member),
    envFrom: unlessEmpty(copyList(spec.envFrom)),
    ports: [
      { name: 'server', containerPort: PORTS.peer, protocol: 'TCP' },
      { name: 'client', containerPort: PORTS.client, protocol: 'TCP' },
    ],
    resources: containerResources(spec),
    readinessProbe: spec.readinessProbe && readinessProbe(tcpCheck(PORTS.client), spec.readinessProbe),
    securityContext: copy(spec.securityContext),
    volumeMounts: [
      annotationsMount(),
      ...configMounts('pd'),
      mount('pd', DATA_DIR),
      ...certificateMounts(pdCertificates(member, image)),
      ...storageMounts('pd', spec.storageVolumes),
      ...copyList(spec.additionalVolumeMounts),
    ],
  });
}

function pdEnv({ names, spec, cluster, settings, report }: Member<PDSpec>): MapValue[] {
  const generated = [
    envField('NAMESPACE', 'metadata.namespace'),
    envValue('PEER_SERVICE_NAME', names.peer),
    envValue('SERVICE_NAME', names.server),
    envValue('SET_NAME', names.server),
    envValue('TZ', cluster.timezone),
    // On the host's network the host's name is not the pod's.
    ...(settings.hostNetwork ? [envField('POD_NAME', 'metadata.name')] : []),
  ];
  return serverEnv(generated, spec.env, report);
}
