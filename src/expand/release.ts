/** A release of TiDB's servers. */
export interface Release {
  readonly number: readonly [major: number, minor: number, patch: number];
  /** Whether it is one before the release of that number, such as `v9.0.0-beta.2`. */
  readonly isPreview: boolean;
}

/** The release in an image's tag. Undefined where it has none, as `nightly` or a digest. */
export function releaseOf(image: string): Release | undefined {
  const tag = /:v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([^:/+]*))?(?:\+[^:/]*)?$/.exec(
    image.split('@', 1)[0] ?? '',
  );
  if (tag === null) return undefined;
  const [, major, minor, patch, suffix = ''] = tag;
  return {
    number: [Number(major), Number(minor), Number(patch)],
    // Other suffixes are of builds of the release itself, such as `-enterprise` or `-20250101-fix`.
    isPreview: /^(?:alpha|beta|rc|pre)/.test(suffix),
  };
}

/** Whether it is a release of that number or later; a preview counts as its number. */
export function isSince({ number }: Release, other: Release['number']): boolean {
  for (const [index, part] of number.entries()) {
    const difference = part - (other[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
