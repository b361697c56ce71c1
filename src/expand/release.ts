import { readVersion } from './version.ts';

/** A release of TiDB's servers. */
export interface Release {
  readonly number: readonly [major: number, minor: number, patch: number];
  /** Whether it is one before the release of that number, such as `v9.0.0-beta.2`. */
  readonly isPreview: boolean;
}

/** The release in an image's tag. Undefined where it has none, as `nightly`, a digest, or `v8.5`, which may be any of many. */
export function releaseOf(image: string): Release | undefined {
  const [tagged = ''] = image.split('@', 1);
  const { number: [major, minor, patch] = [], isPreview = false } =
    readVersion(tagged.slice(tagged.lastIndexOf(':') + 1)) ?? {};
  if (!tagged.includes(':') || major === undefined || minor === undefined || patch === undefined) {
    return undefined;
  }
  return { number: [major, minor, patch], isPreview };
}

/** Whether it is a release of that number or later; a preview counts as its number. */
export function isSince({ number }: Release, other: Release['number']): boolean {
  for (const [index, part] of number.entries()) {
    const difference = part - (other[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
