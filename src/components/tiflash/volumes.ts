import type { TiFlashSpec } from '../../api/index.ts';
import {
  annotationsMount,
  annotationsVolume,
  claimTemplate,
  clusterSecret,
  copyList,
  type Member,
  mount,
  readOnlyMount,
  secretVolume,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { isMounted } from './checks.ts';
import { CONFIG_VOLUME, TEMPLATES } from './templates.ts';

const TLS = 'tiflash-tls';
/** Where the certificate is by which the cluster knows the server. */
export const TLS_DIR = '/var/lib/tiflash-tls';

export function tiflashMounts({ spec, clusterTls }: Member<TiFlashSpec>): MapValue[] {
  return [
    annotationsMount(),
    ...spec.storageClaims.map((_, index) => mount(`data${index}`, `/data${index}`)),
    ...copyList(spec.additionalVolumeMounts),
    ...(clusterTls ? [readOnlyMount(TLS, TLS_DIR)] : []),
    ...(isMounted(spec) ? [readOnlyMount(CONFIG_VOLUME, TEMPLATES)] : []),
  ];
}

export function tiflashVolumes({ names, clusterTls }: Member<TiFlashSpec>, configMap: string): MapValue[] {
  return [
    annotationsVolume(),
    { name: CONFIG_VOLUME, configMap: { name: configMap } },
    ...(clusterTls ? [secretVolume(TLS, clusterSecret(names.instance, 'tiflash'))] : []),
  ];
}

export function tiflashClaims({ spec }: Member<TiFlashSpec>): MapValue[] {
  return spec.storageClaims.map(({ resources, ...classes }, index) =>
    claimTemplate(`data${index}`, resources?.requests?.storage, classes),
  );
}
