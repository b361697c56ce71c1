/** YAML in: values, and nodes that know where in the text they stand. */
export { type Extent, extentOf, extentOfSpot } from './extent.ts';
export { Lines } from './lines.ts';
export { allowMemory } from './memory.ts';
export {
  type Entry,
  entryOf,
  find,
  follow,
  type MapNode,
  type Node,
  ownEntry,
  type SeqNode,
  shifted,
} from './node.ts';
export { readBlock } from './read-block.ts';
export { duplicateKeys, repeatedKeys } from './repeated-keys.ts';
export { Ruler } from './ruler.ts';
export { resolvePlain } from './scalar.ts';
export { ByteSource, NO_SOURCE, type Source, StringSource } from './source.ts';
export { isTooLarge, toValue } from './to-value.ts';
export { Float, isMap, type MapValue, sameValue, setOwn, type Value, wholeOf } from './value.ts';
export { mapAt, mapsAt, textAt, valueAt } from './value-at.ts';
