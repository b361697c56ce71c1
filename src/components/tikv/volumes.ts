import type { TiKVSpec } from '../../api/index.ts';
import {
  annotationsMount,
  annotationsVolume,
  type Certificate,
  certificateMounts,
  certificateVolumes,
  claimTemplate,
  clientCertificate,
  clusterCertificate,
  configMounts,
  configVolumes,
  copyList,
  type Member,
  mount,
  storageClaims,
  storageMounts,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { TIKV_DATA_DIR } from './start-script.ts';

const DATA = 'tikv';

export function dataMount(): MapValue {
  return mount(DATA, TIKV_DATA_DIR);
}

function certificates({ names, spec, clusterTls }: Member<TiKVSpec>): Certificate[] {
  if (!clusterTls) return [];
  const { instance } = names;
  const client = spec.mountClusterClientSecret ? [clientCertificate(instance)] : [];
  return [clusterCertificate(instance, 'tikv'), ...client];
}

export function tikvMounts(member: Member<TiKVSpec>): MapValue[] {
  const { spec } = member;
  return [
    annotationsMount(),
    dataMount(),
    ...configMounts('tikv'),
    ...copyList(spec.additionalVolumeMounts),
    ...certificateMounts(certificates(member)),
    ...storageMounts('tikv', spec.storageVolumes),
  ];
}

export function tikvVolumes(member: Member<TiKVSpec>, configMap: string): MapValue[] {
  return [
    annotationsVolume(),
    ...configVolumes('tikv', configMap, member.safe),
    ...certificateVolumes(certificates(member)),
  ];
}

export function tikvClaims(member: Member<TiKVSpec>): MapValue[] {
  const { spec } = member;
  return [claimTemplate(DATA, spec.requests?.storage, spec), ...storageClaims(member)];
}
