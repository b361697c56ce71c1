import type { PDSpec } from '../../api/index.ts';
import {
  annotationsMount,
  certificateMounts,
  configMounts,
  copyList,
  envField,
  envValue,
  type Member,
  mount,
  podNameOnHost,
  readinessProbe,
  serverContainer,
  storageMounts,
  tcpCheck,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { pdCertificates } from './certificates.ts';
import { DATA_DIR } from './config-facts.ts';
import { PORTS } from './ports.ts';

export function pdContainer(member: Member<PDSpec>, image: string): MapValue {
  const { spec } = member;
  return serverContainer(member, image, {
    command: ['/bin/sh', '/usr/local/bin/pd_start_script.sh'],
    env: pdEnv(member),
    ports: { server: PORTS.peer, client: PORTS.client },
    readinessProbe: spec.readinessProbe && readinessProbe(tcpCheck(PORTS.client), spec.readinessProbe),
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

function pdEnv(member: Member<PDSpec>): MapValue[] {
  const { names, cluster } = member;
  return [
    envField('NAMESPACE', 'metadata.namespace'),
    envValue('PEER_SERVICE_NAME', names.peer),
    envValue('SERVICE_NAME', names.server),
    envValue('SET_NAME', names.server),
    envValue('TZ', cluster.timezone),
    ...podNameOnHost(member),
  ];
}
