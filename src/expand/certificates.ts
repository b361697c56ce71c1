import type { MapValue } from '../yaml/index.ts';
import { readOnlyMount, secretVolume } from './volumes.ts';

/** A certificate: its Secret, and where the pods have it. */
export interface Certificate {
  readonly volume: string;
  readonly path: string;
  readonly secret: string;
}

export function certificateMounts(certificates: readonly Certificate[]): MapValue[] {
  return certificates.map(({ volume, path }) => readOnlyMount(volume, path));
}

export function certificateVolumes(certificates: readonly Certificate[]): MapValue[] {
  return certificates.map(({ volume, secret }) => secretVolume(volume, secret));
}
