import type { Entry, MapNode, MapValue } from '../yaml/index.ts';
import { flowEntries } from './flow-text.ts';
import type { Splice } from './splice.ts';
import { writeFlow } from './write.ts';

/** The splice that adds entries at the end of a map in braces; as JSON where it is written so. */
export function spliceOfFlowEntries(map: MapNode, values: MapValue, isJson: boolean): Splice {
  const last = map.entries[map.entries.length - 1];
  const at = last?.value.end ?? map.start + 1;
  const entries = isJson ? writeFlow(values).slice(1, -1) : flowEntries(values);
  return { start: at, end: at, text: `${last === undefined ? '' : ', '}${entries}` };
}

/** The splice that takes an entry out of a map in braces, with the comma behind it, or before it where it is the last. */
export function spliceOfFlowCut(map: MapNode, entry: Entry): Splice {
  const index = map.entries.indexOf(entry);
  const next = map.entries[index + 1];
  if (next !== undefined) return { start: entry.keyStart, end: next.keyStart, text: '' };
  return { start: map.entries[index - 1]?.value.end ?? entry.keyStart, end: entry.value.end, text: '' };
}
