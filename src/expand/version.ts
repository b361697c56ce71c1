/** A version of a server, such as `v8.5.7`; of `v8` there is only one number. */
export interface Version {
  readonly number: readonly [major: number, minor?: number, patch?: number];
  /** Whether it is one before the release of that number, such as `v9.0.0-beta.2`. */
  readonly isPreview: boolean;
}

/** As the operator's library reads it: github.com/Masterminds/semver v1.5.0. */
const VERSION =
  /^v?(\d+)(?:\.(\d+)(?:\.(\d+))?)?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** What the library's integers hold. */
const LARGEST = 2n ** 63n - 1n;

/** Reads a version; undefined if the text is none, such as `nightly`. */
export function readVersion(text: string): Version | undefined {
  const [, major, minor, patch, suffix = ''] = VERSION.exec(text) ?? [];
  if (major === undefined || isTooLarge(major) || isTooLarge(minor) || isTooLarge(patch)) return undefined;
  // Other suffixes are of builds of the release itself, such as `-enterprise` or `-20250101-fix`.
  const isPreview = /^(?:alpha|beta|rc|pre)/.test(suffix);
  if (minor === undefined) return { number: [Number(major)], isPreview };
  return patch === undefined
    ? { number: [Number(major), Number(minor)], isPreview }
    : { number: [Number(major), Number(minor), Number(patch)], isPreview };
}

function isTooLarge(digits = ''): boolean {
  return digits.length > 18 && BigInt(digits) > LARGEST;
}

/** What follows the last colon of an image as a version, as the operator goes by it; of a digest there is none. */
export function imageVersion(image: string): Version['number'] | undefined {
  return readVersion(image.slice(image.lastIndexOf(':') + 1))?.number;
}
