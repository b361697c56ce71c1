import type { Entry, MapNode, MapValue, Node } from '../yaml/index.ts';
import { endOfEntry } from './comments-below.ts';
import { columnOf, unitOf, writeIndented } from './indent.ts';
import type { Splice } from './splice.ts';
import { addedLines } from './whole-lines.ts';

/** The splice that adds entries at the end of a map in block style; undefined if the text does not allow it. */
export function spliceOfEntries(
  text: string,
  root: Node,
  map: MapNode,
  values: MapValue,
): Splice | undefined {
  const last = map.entries.at(-1);
  if (last === undefined) return undefined;
  const column = columnOf(text, map.start);
  const lines = writeIndented(values, column, unitOf(text, root, map));
  return addedLines(text, endOfEntry(text, last.value.end, column), values, lines);
}

/** The splice that puts a map under a key that has no value yet. */
export function spliceOfFirstEntries(
  text: string,
  root: Node,
  entry: Entry,
  values: MapValue,
): Splice | undefined {
  const column = columnOf(text, entry.keyStart);
  const before = text.slice(entry.keyStart - column, entry.keyStart);
  if (text[entry.value.start - 1] !== ':' || !/^[ -]*$/.test(before)) return undefined;
  const unit = root.type === 'map' ? unitOf(text, root, root) : 2;
  const lines = writeIndented(values, column + unit, unit);
  return addedLines(text, endOfEntry(text, entry.value.end, column), values, lines);
}
