import type { SeqNode, Value } from '../yaml/index.ts';
import { endOfList } from './comments-below.ts';
import { flowValue } from './flow-text.ts';
import { columnOf } from './indent.ts';
import type { Splice } from './splice.ts';
import { addedLines, cutLines } from './whole-lines.ts';
import { writeFlow, writeSeq } from './write.ts';

/** The splice that adds items at the end of a list; undefined if the text does not allow it. */
export function spliceOfAppended(text: string, list: SeqNode, values: readonly Value[]): Splice | undefined {
  const last = list.items.at(-1);
  const dash = list.dashes.at(-1);
  if (list.flow) {
    const at = last?.end ?? list.start + 1;
    const isJson = last === undefined || /^\{?\s*"/.test(text.slice(last.start, last.end));
    const written = values.map(isJson ? writeFlow : flowValue).join(', ');
    return { start: at, end: at, text: `${last === undefined ? '' : ', '}${written}` };
  }
  if (last === undefined || dash === undefined) return undefined;
  const column = columnOf(text, dash);
  const at = endOfList(text, last.end, column, last.type === 'map');
  return addedLines(text, at, values, writeSeq(values, column));
}

/** The splices that take items out of a list, some of which stay; undefined if the text does not allow it. */
export function splicesOfDropped(
  text: string,
  list: SeqNode,
  going: readonly number[],
): Splice[] | undefined {
  if (going.length >= list.items.length) return undefined;
  const splices = going.map((index) =>
    list.flow ? cutFlow(list, index, going) : cutItem(text, list, index, going),
  );
  const all = splices.filter((splice) => splice !== undefined);
  return all.length === splices.length ? all : undefined;
}

function cutItem(text: string, list: SeqNode, index: number, going: readonly number[]): Splice | undefined {
  const item = list.items[index];
  const dash = list.dashes[index];
  const above = list.items.findLast((_, position) => position < index && !going.includes(position));
  return item === undefined || dash === undefined ? undefined : cutLines(text, dash, item.end, above);
}

/** An item goes with the comma before it, or behind it where nothing that stays is before it. */
function cutFlow(list: SeqNode, index: number, going: readonly number[]): Splice | undefined {
  const item = list.items[index];
  const before = list.items[index - 1];
  const next = list.items[index + 1];
  if (item === undefined) return undefined;
  const isLeading =
    going.includes(0) && going.every((_, position) => position > index || going.includes(position));
  if (isLeading && next !== undefined) return { start: item.start, end: next.start, text: '' };
  return before === undefined ? undefined : { start: before.end, end: item.end, text: '' };
}
