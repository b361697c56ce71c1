import { posix } from 'node:path';

/** A path below a directory, without `.`, `..`, doubled and trailing slashes. */
export function join(directory: string, below: string): string {
  return posix.join(directory, below).replace(/(?<=.)\/$/, '');
}
