/** Where each server keeps its data, and on which volume that lies. */
export { type DataDirectory, dataDirectories } from './directories.ts';
export { type Mount, type Placed, placeOf } from './mounts.ts';
