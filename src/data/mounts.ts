/** What of a volume stands where in a container. */
export interface Mount {
  readonly volume: string;
  readonly path: string;
  /** The part of the volume; '' for all of it. */
  readonly subPath: string;
}

/** Where a directory lies on a volume. */
export interface Placed {
  readonly volume: string;
  /** The way to it from the top of the volume, such as `raft/log`; '' for the top. */
  readonly within: string;
}

/** On which volume a directory lies; undefined if it is in the container itself, and gone with that. */
export function placeOf(path: string, mounts: readonly Mount[]): Placed | undefined {
  const steps = stepsOf(path);
  let found: Mount | undefined;
  let depth = -1;
  for (const mount of mounts) {
    const its = stepsOf(mount.path);
    // Of two on one path, the later one covers the other.
    if (its.length >= depth && its.every((step, index) => step === steps[index])) {
      found = mount;
      depth = its.length;
    }
  }
  if (found === undefined) return undefined;
  return { volume: found.volume, within: [...stepsOf(found.subPath), ...steps.slice(depth)].join('/') };
}

/** Its parts, without those that lead nowhere. */
function stepsOf(path: string): string[] {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps;
}
