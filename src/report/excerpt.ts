import type { Place } from '../problem/index.ts';
import { visible } from '../text/index.ts';
import type { Line } from './terminal.ts';
import { widthOf } from './width.ts';

/** Of longer lines, as JSON has them, only what is around the place is shown. */
const LONGEST = 160;
const BEFORE = 60;

/** The line of a place, and carets under what the problem is about; of several lines the first. */
export function excerpt(line: string, place: Place, style: string): Line[] {
  const { column = 1, endLine = place.line, endColumn = column + 1 } = place;
  const start = Math.min(column - 1, line.length);
  const end = endLine === place.line ? Math.max(endColumn - 1, start) : line.length;
  const from = line.length > LONGEST ? Math.max(0, start - BEFORE) : 0;
  const to = Math.min(line.length, from + LONGEST);
  const head = `${from > 0 ? '…' : ''}${line.slice(from, start)}`;
  const about = line.slice(start, Math.min(end, to));
  const tail = `${line.slice(start + about.length, to)}${to < line.length ? '…' : ''}`;
  const carets = '^'.repeat(Math.max(1, widthOf(shown(about).trimEnd())));
  const number = `${place.line}`;
  return [
    [`  ${number} | ${shown(`${head}${about}${tail}`)}`],
    [`  ${' '.repeat(number.length)} | ${' '.repeat(widthOf(shown(head)))}`, { text: carets, style }],
  ];
}

/** A tab takes one column. */
function shown(text: string): string {
  return visible(text.replaceAll('\t', ' '));
}
