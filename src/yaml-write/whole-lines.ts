import { isMap, type MapValue, type Node, type Value } from '../yaml/index.ts';
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

/**
 * The lines from one offset to another go; undefined if something else stands on the first of them. If what stays above
 * ends in a block, the blank lines and deeper comments below go, too: they would become part of it.
 */
export function cutLines(text: string, from: number, to: number, above?: Node): Splice | undefined {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  if (text.slice(start, from).trim() !== '') return undefined;
  const end = lineEnd(text, to);
  return { start, end: endsInBlock(text, above) ? behindOwn(text, end, from - start) : end, text: '' };
}

function endsInBlock(text: string, node: Node | undefined): boolean {
  if (node?.type === 'seq') return endsInBlock(text, node.items.at(-1));
  if (node?.type === 'map') return endsInBlock(text, node.entries.at(-1)?.value);
  return node?.type === 'scalar' && !node.plain && /[|>]/.test(text.charAt(node.start));
}

/** Behind the blank lines, and the comments deeper than a column, from an offset on. */
function behindOwn(text: string, at: number, column: number): number {
  let end = at;
  while (end < text.length) {
    const next = lineEnd(text, end);
    const content = text.slice(end, next).trimStart();
    if (content !== '' && !(content.startsWith('#') && next - content.length - end > column)) break;
    end = next;
  }
  return end;
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
