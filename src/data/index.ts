/** Directories that a server keeps data in, and on which volume they lie. */
export type { DataDirectory } from './directories.ts';
export { type Mount, MountedVolumes, type Placed } from './mounts.ts';
