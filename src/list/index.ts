/**
 * Resource lists and YAML streams, in and out. Resources are found in their text and handed on as they came;
 * only what somebody asks for is read, and only what changes is written.
 */
export { isAnyList } from './any-list.ts';
export type { ByteStore } from './byte-store.ts';
export { type Changes, NO_CHANGES } from './changes.ts';
export { Item } from './item.ts';
export type { Interest, ItemList } from './list.ts';
export { manifestOf } from './manifest.ts';
export { matchable } from './matched.ts';
export { mentioning } from './mention.ts';
export { annotationOf, metadataOf, withAnnotations } from './metadata.ts';
export { openList } from './open-list.ts';
export { openStream, StreamOpener } from './open-stream.ts';
export { bytesOfPieces, type Piece } from './piece.ts';
export { EVERYTHING, isResource, reportNoResource } from './resource.ts';
export { byteStore } from './scan.ts';
export { writeList } from './write-list.ts';
