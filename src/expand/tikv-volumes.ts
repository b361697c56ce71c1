import type { TiKVSpec } from '../api/index.ts';
import type { MapValue } from '../list/index.ts';
import { claimTemplate, storageClaims } from './claims.ts';
import { copyList } from './copy.ts';
import type { Member } from './member.ts';
import { TIKV_DATA_DIR } from './start-script-tikv.ts';
import {
  annotationsMount,
  annotationsVolume,
  configMounts,
  configVolumes,
  mount,
  readOnlyMount,
  secretVolume,
  storageMounts,
} from './volumes.ts';

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
    ...(clusterTls ? [secretVolume(TLS, `${names.server}-cluster-secret`)] : []),
    ...(clusterTls && spec.mountClusterClientSecret
      ? [secretVolume(CLIENT_TLS, `${names.instance}-cluster-client-secret`)]
      : []),
  ];
}

export function tikvClaims(member: Member<TiKVSpec>): MapValue[] {
  const { spec } = member;
  return [claimTemplate(DATA, spec.requests?.storage, spec), ...storageClaims(member)];
}
