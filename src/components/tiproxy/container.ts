import type { TiProxySpec } from '../../api/index.ts';
import {
  annotationsMount,
  certificateMounts,
  copyList,
  envField,
  envValue,
  type Member,
  readOnlyMount,
  serverContainer,
  storageMounts,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { API_PORT, PEER_PORT, PORTS } from './ports.ts';
import { CONFIG_DIR } from './start-script.ts';
import { tiproxyCertificates } from './tls.ts';

export function tiproxyContainer(member: Member<TiProxySpec>, image: string): MapValue {
  const { spec, names } = member;
  return serverContainer(member, image, {
    command: ['/bin/sh', `${CONFIG_DIR}/start.sh`],
    env: [
      envField('POD_NAME', 'metadata.name'),
      envField('NAMESPACE', 'metadata.namespace'),
      envValue('HEADLESS_SERVICE_NAME', names.peer),
    ],
    ports: { tiproxy: PORTS.sql, [API_PORT]: PORTS.api, [PEER_PORT]: PORTS.peer },
    volumeMounts: [
      readOnlyMount('config', CONFIG_DIR),
      annotationsMount(),
      ...certificateMounts(tiproxyCertificates(member)),
      ...storageMounts('tiproxy', spec.storageVolumes),
      ...copyList(spec.additionalVolumeMounts),
    ],
  });
}
