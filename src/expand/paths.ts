import { posix } from 'node:path';

/** A path below a directory, without `.`, `..`, doubled and trailing slashes. */
export function join(directory: string, below: string): string {
  // Most are without, and nothing has to be loaded to see that.
  const path = `${directory}/${below}`;
  if (directory !== '' && isClean(path)) return path;
  return posix.join(directory, below).replace(/(?<=.)\/$/, '');
}

function isClean(path: string): boolean {
  return path.startsWith('/') && !path.endsWith('/') && !path.includes('//') && !path.includes('/.');
}
