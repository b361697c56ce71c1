import type { TiFlashSpec } from '../../api/index.ts';
import {
  annotationsMount,
  annotationsVolume,
  type Certificate,
  certificateMounts,
  certificateVolumes,
  claimTemplate,
  clusterCertificate,
  copyList,
  type Member,
  mount,
  readOnlyMount,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { isMounted } from './checks.ts';
import { CONFIG_VOLUME, TEMPLATES } from './templates.ts';

function certificates({ names, clusterTls }: Member<TiFlashSpec>): Certificate[] {
  return clusterTls ? [clusterCertificate(names.instance, 'tiflash')] : [];
}

export function tiflashMounts(member: Member<TiFlashSpec>): MapValue[] {
  const { spec } = member;
  return [
    annotationsMount(),
    ...spec.storageClaims.map((_, index) => mount(`data${index}`, `/data${index}`)),
    ...copyList(spec.additionalVolumeMounts),
    ...certificateMounts(certificates(member)),
    ...(isMounted(spec) ? [readOnlyMount(CONFIG_VOLUME, TEMPLATES)] : []),
  ];
}

export function tiflashVolumes(member: Member<TiFlashSpec>, configMap: string): MapValue[] {
  return [
    annotationsVolume(),
    { name: CONFIG_VOLUME, configMap: { name: configMap } },
    ...certificateVolumes(certificates(member)),
  ];
}

export function tiflashClaims({ spec }: Member<TiFlashSpec>): MapValue[] {
  return spec.storageClaims.map(({ resources, ...classes }, index) =>
    claimTemplate(`data${index}`, resources?.requests?.storage, classes),
  );
}
