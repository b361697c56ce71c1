import type { TiProxySpec } from '../../api/index.ts';
import {
  annotationsMount,
  certificateMounts,
  containerResources,
  copy,
  copyList,
  envField,
  envValue,
  fields,
  type Member,
  readOnlyMount,
  serverEnv,
  storageMounts,
  unlessEmpty,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { PORTS } from './ports.ts';
import { CONFIG_DIR } from './start-script.ts';
import { tiproxyCertificates } from './tls.ts';

export function tiproxyContainer(member: Member<TiProxySpec>, image: string): MapValue {
  const { spec, settings, names, report } = member;
  const env = [
    envField('POD_NAME', 'metadata.name'),
    envField('NAMESPACE', 'metadata.namespace'),
    envValue('HEADLESS_SERVICE_NAME', names.peer),
  ];
  return fields({
    name: 'tiproxy',
    image,
    imagePullPolicy: settings.imagePullPolicy,
    command: ['/bin/sh', `${CONFIG_DIR}/start.sh`],
    env: serverEnv(env, spec.env, report),
    envFrom: unlessEmpty(copyList(spec.envFrom)),
    ports: [port('tiproxy', PORTS.sql), port('tiproxy-api', PORTS.api), port('tiproxy-peer', PORTS.peer)],
    resources: containerResources(spec),
    securityContext: copy(spec.securityContext),
    volumeMounts: [
      readOnlyMount('config', CONFIG_DIR),
      annotationsMount(),
      ...certificateMounts(tiproxyCertificates(member)),
      ...storageMounts('tiproxy', spec.storageVolumes),
      ...copyList(spec.additionalVolumeMounts),
    ],
  });
}

function port(name: string, containerPort: number): MapValue {
  return { name, containerPort, protocol: 'TCP' };
}
