/** The edge: descriptors in and out, and the engine that runs between. */
export { expectInput } from './engine.ts';
export { readAll } from './read.ts';
export { FileReader } from './read-files.ts';
export { isTerminal } from './terminal.ts';
export { isDescriptor } from './where.ts';
export { writeAll, writeOutput } from './write.ts';
