/** The numbers of a version such as `v8.5.7`; of `v8` there is only one. */
export type Version = readonly [major: number, minor?: number, patch?: number];

/** As the operator's library reads it: with what comes before a release, and what was built, behind it. */
const VERSION =
  /^v?(\d+)(?:\.(\d+)(?:\.(\d+))?)?(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** What follows the last colon of an image as a version; undefined if it is none, such as `nightly` or a digest. */
export function imageVersion(image: string): Version | undefined {
  const [, major, minor, patch] = VERSION.exec(image.slice(image.lastIndexOf(':') + 1)) ?? [];
  if (major === undefined) return undefined;
  if (minor === undefined) return [Number(major)];
  return patch === undefined ? [Number(major), Number(minor)] : [Number(major), Number(minor), Number(patch)];
}
