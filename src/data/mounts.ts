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

/** A directory of the container, what is mounted there, and what is below it. */
interface Directory {
  mount?: Mount;
  readonly below: Map<string, Directory>;
}

/** The file system of a container, as far as volumes are mounted in it. */
export class MountedVolumes {
  private readonly root: Directory = { below: new Map() };

  constructor(mounts: readonly Mount[]) {
    for (const mount of mounts) {
      let directory = this.root;
      for (const step of stepsOf(mount.path)) {
        const next = directory.below.get(step) ?? { below: new Map() };
        directory.below.set(step, next);
        directory = next;
      }
      // Of two on one path, the later one covers the other.
      directory.mount = mount;
    }
  }

  /** On which volume a directory lies; undefined where it is in the container itself, and gone with that. */
  placeOf(path: string): Placed | undefined {
    const steps = stepsOf(path);
    let directory: Directory | undefined = this.root;
    let [found, depth] = [directory.mount, 0];
    for (const [index, step] of steps.entries()) {
      directory = directory.below.get(step);
      if (directory === undefined) break;
      if (directory.mount !== undefined) [found, depth] = [directory.mount, index + 1];
    }
    if (found === undefined) return undefined;
    return { volume: found.volume, within: [...stepsOf(found.subPath), ...steps.slice(depth)].join('/') };
  }
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
