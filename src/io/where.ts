import { readlinkSync, realpathSync } from 'node:fs';

/** A link has appeared in a path since it was resolved. */
export class Moved extends Error {
  readonly code = 'EMOVED';
  readonly syscall = 'open';
}

/** A descriptor of the process, as `<(command)` of a shell is one: no file brings a name like that. */
export function isDescriptor(path: string): boolean {
  return /^\/(?:dev\/(?:stdin|fd\/\d+)|proc\/(?:self|\d+)\/fd\/\d+)$/.test(path);
}

/** Throws if an open file is not at its path, links aside. Without Linux's `/proc` that is what is there now. */
export function checkPlace(descriptor: number, real: string): void {
  if (whereIs(descriptor, real) !== real) throw new Moved();
}

function whereIs(descriptor: number, real: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return realpathSync.native(real);
  }
}
