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

/** A directory of a container, and what is mounted there. */
interface Node {
  mount?: Mount;
  readonly below: Map<string, Node>;
}

/** The mounts of a container. */
export class Mounts {
  private readonly top: Node = { below: new Map() };

  constructor(mounts: readonly Mount[]) {
    // Of two on one path, the later one covers the other.
    for (const mount of mounts) this.nodeAt(mount.path).mount = mount;
  }

  /** On which volume a directory lies; undefined if it is in the container itself, and lost with that. */
  placeOf(path: string): Placed | undefined {
    const steps = stepsOf(path);
    let found = this.top.mount;
    let depth = 0;
    let node: Node | undefined = this.top;
    for (const [index, step] of steps.entries()) {
      node = node.below.get(step);
      if (node === undefined) break;
      if (node.mount !== undefined) {
        found = node.mount;
        depth = index + 1;
      }
    }
    if (found === undefined) return undefined;
    return { volume: found.volume, within: [...stepsOf(found.subPath), ...steps.slice(depth)].join('/') };
  }

  private nodeAt(path: string): Node {
    let node = this.top;
    for (const step of stepsOf(path)) {
      const next: Node = node.below.get(step) ?? { below: new Map() };
      node.below.set(step, next);
      node = next;
    }
    return node;
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
