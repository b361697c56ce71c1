import { imageVersion } from '../../expand/index.ts';

/** A version that configs depend on, such as 5.4. */
export type Release = readonly [major: number, minor: number];

/**
 * Whether TiDB Operator treats an image as one of a release or newer: it goes by what follows the last colon. A branch or
 * a digest, which says nothing, is older than all.
 */
export function isSince(image: string, [major, minor]: Release): boolean {
  const version = versionOf(image);
  if (version === 'newest') return true;
  if (version === undefined) return false;
  return version[0] > major || (version[0] === major && version[1] >= minor);
}

/** Undefined where the text that stands for the version is none. */
export function versionOf(image: string): Release | 'newest' | undefined {
  const colon = image.lastIndexOf(':');
  if (colon < 0 || /^:(?:latest|master|nightly)(?:-|$)/.test(image.slice(colon))) return 'newest';
  const [major, minor = 0] = imageVersion(image) ?? [];
  return major === undefined ? undefined : [major, minor];
}
