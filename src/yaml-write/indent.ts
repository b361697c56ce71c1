import type { MapNode, MapValue, Node } from '../yaml/index.ts';
import { writeMap } from './write.ts';

/** How many characters of its line are before an offset. */
export function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** How far a resource indents the maps inside a map: taken from the first one inside, else from its root, else two spaces. */
export function unitOf(text: string, root: Node, map: MapNode): number {
  for (const { value } of map.entries) {
    if (value.type === 'map' && !value.flow) return columnOf(text, value.start) - columnOf(text, map.start);
  }
  return map === root || root.type !== 'map' ? 2 : unitOf(text, root, root);
}

/** Lines of a block map in a column, each nested map `unit` deeper. */
export function writeIndented(values: MapValue, column: number, unit: number): string {
  return writeMap(values, column, unit, ' '.repeat(column));
}
