import type { TiKVSpec } from '../../api/index.ts';
import {
  annotationsMount,
  annotationsVolume,
  claimTemplate,
  clientSecret,
  clusterSecret,
  configMounts,
  configVolumes,
  copyList,
  type Member,
  mount,
  readOnlyMount,
  secretVolume,
  storageClaims,
  storageMounts,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { TIKV_DATA_DIR } from './start-script.ts';

const DATA = 'tikv';
const TLS = 'tikv-tls';
const CLIENT_TLS = 'cluster-client-tls';

export function dataMount(): MapValue {
  return mount(DATA, TIKV_DATA_DIR);
}

export function tikvMounts({ spec, clusterTls }: Member<TiKVSpec>): MapValue[] {
  return [
    annotationsMount(),
    dataMount(),
    ...configMounts('tikv'),
    ...copyList(spec.additionalVolumeMounts),
    ...(clusterTls ? [readOnlyMount(TLS, '/var/lib/tikv-tls')] : []),
    ...(clusterTls && spec.mountClusterClientSecret
      ? [readOnlyMount(CLIENT_TLS, '/var/lib/cluster-client-tls')]
      : []),
    ...storageMounts('tikv', spec.storageVolumes),
  ];
}

export function tikvVolumes({ names, spec, clusterTls }: Member<TiKVSpec>, configMap: string): MapValue[] {
  return [
    annotationsVolume(),
    ...configVolumes('tikv', configMap),
    ...(clusterTls ? [secretVolume(TLS, clusterSecret(names.instance, 'tikv'))] : []),
    ...(clusterTls && spec.mountClusterClientSecret
      ? [secretVolume(CLIENT_TLS, clientSecret(names.instance))]
      : []),
  ];
}

export function tikvClaims(member: Member<TiKVSpec>): MapValue[] {
  const { spec } = member;
  return [claimTemplate(DATA, spec.requests?.storage, spec), ...storageClaims(member)];
}
