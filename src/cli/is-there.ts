import { lstatSync } from 'node:fs';

/** Whether something has this path, if only a link that leads nowhere. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
