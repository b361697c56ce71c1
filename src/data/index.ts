/** Directories that a server keeps data in, and on which volume they lie. */
export type { DataDirectory } from './directories.ts';
export { type Mount, Mounts, type Placed } from './mounts.ts';
export { EMPTY_WITH_POD, WITH_POD } from './volumes.ts';
