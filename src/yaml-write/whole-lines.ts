import { isMap, type MapValue, type Value } from '../yaml/index.ts';
import { lineEnd } from './comments-below.ts';
import type { Splice } from './splice.ts';

/**
 * Whole lines, which say some values, at the end of another line, which the text may end without a line break. Blank
 * lines that would become part of a block that the values end in stay above them.
 */
export function addedLines(
  text: string,
  at: number,
  values: MapValue | readonly Value[],
  lines: string,
): Splice {
  const start = behindTaken(text, at, lastOf(Object.values(values)));
  return { start, end: start, text: text[start - 1] === '\n' ? lines : `\n${lines}` };
}

/** The lines from one offset to another go; undefined if something else stands on the first of them. */
export function cutLines(text: string, from: number, to: number): Splice | undefined {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  if (text.slice(start, from).trim() !== '') return undefined;
  return { start, end: lineEnd(text, to), text: '' };
}

/** What is written last. */
function lastOf(values: readonly Value[]): Value | undefined {
  const last = values.at(-1);
  const inner = last !== undefined && (Array.isArray(last) || isMap(last)) ? Object.values(last) : [];
  return inner.length > 0 ? lastOf(inner) : last;
}

/** Behind the blank lines from `at` on that a block would take: those with spaces in them, or all if it keeps such. */
function behindTaken(text: string, at: number, last: Value | undefined): number {
  if (typeof last !== 'string' || !last.includes('\n')) return at;
  const keepsAll = last.endsWith('\n\n');
  let behind = at;
  for (let start = at; start < text.length; ) {
    const end = lineEnd(text, start);
    const line = text.slice(start, end);
    if (line.trim() !== '') break;
    if (keepsAll || line.startsWith(' ')) behind = end;
    start = end;
  }
  return behind;
}
