import { type EVENT_ID, type Event, getScalarValue } from 'js-yaml';
import { BrokenYaml } from './broken-yaml.ts';

type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>;

/** A pair behind a backslash, or a line break behind one with the blank lines below it, which it does not swallow. */
const ESCAPED = /\\(?:[^\r\n]|(?:\r\n|\n|\r)((?:[ \t]*(?:\r\n|\n|\r))*))/g;

/** The text of a scalar without its quotes. Blank lines behind an escaped line break count, as in go-yaml and against js-yaml. */
export function scalarText(source: string, event: ScalarEvent): string {
  const written = source.slice(event.valueStart, event.valueEnd);
  if (source[event.valueStart - 1] !== '"' || !/\\[\r\n]/.test(written))
    return getScalarValue(source, { ...event, fast: false });
  const text = written.replaceAll(ESCAPED, (pair, blank: string | undefined) => {
    const lines = blank?.match(/\r\n|\n|\r/g)?.length ?? 0;
    return lines === 0 ? pair : `${'\\n'.repeat(lines)}\\\n`;
  });
  return getScalarValue(text, { ...event, valueStart: 0, valueEnd: text.length, fast: false });
}

/**
 * Where a scalar in brackets ends that has no quotes: behind its colon, where what follows that is no space but an end of
 * something. To go-yaml it is text then, and to js-yaml a key without a value. Throws where it begins with what go-yaml
 * takes for an indicator.
 */
export function plainEnd(source: string, start: number, end: number): number {
  if (source[start] === '?') throw new BrokenYaml('a "?" without a space behind it in brackets', start);
  let colon = end;
  while (/^[ \t]$/.test(source.charAt(colon))) colon++;
  return source[colon] === ':' && /[,\]}]/.test(source.charAt(colon + 1)) ? colon + 1 : end;
}

/** Whether a question mark says that what begins at an offset is a key. */
export function isExplicit(source: string, start: number): boolean {
  let at = start - 1;
  while (at > 0 && /\s/.test(source.charAt(at))) at--;
  return source[at] === '?';
}
