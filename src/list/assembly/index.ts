/** What the program hands out to `../scanner.ts`. */
export { beginList, keys, keysFound, nextItems } from './list';
export { records } from './record';
export { beginStream, nextDocuments } from './stream';
