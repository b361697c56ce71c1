import type { Entry, Node, Value } from '../yaml/index.ts';
import type { Splice } from './splice.ts';
import { writeMap } from './write.ts';

/**
 * The splice that puts a value behind a key of a block map, whatever stood there; undefined if the text does not
 * allow it. A comment behind the key, or behind a value of one line, stays on that line. Comments below the old value
 * that would become part of a literal block move out to the column of the key.
 */
export function spliceOfValue(text: string, entry: Entry, value: Value): Splice | undefined {
  const { keyStart, keyEnd, value: old } = entry;
  const comment = commentOf(text, keyEnd + 1, old);
  if (text[keyEnd] !== ':' || comment === undefined || holdsAnchor(text, entry)) return undefined;
  const column = keyStart - (text.lastIndexOf('\n', keyStart - 1) + 1);
  const [first = '', ...rest] = behindColon(value, column).split('\n');
  const { lines, end } = commentsBelow(text, lineEnd(text, old.end), column);
  // A block that keeps its last line breaks would take those that follow, too.
  if (first.includes('+')) while (lines[0] === '') lines.shift();
  // It ends in a line break only where the text has one.
  if (rest.length > 0 && lines.length === 0 && end === text.length) lines.push('');
  return { start: keyEnd + 1, end, text: [`${first}${comment}`, ...rest, ...lines].join('\n') };
}

/** Whether an anchor or a tag may stand in an entry's value, or before it; an alias elsewhere may mean it. */
export function holdsAnchor(text: string, { keyEnd, value: old }: Entry): boolean {
  if (!/^(?:\s|(?<=\s)#[^\n]*\n)*$/.test(text.slice(keyEnd + 1, old.start))) return true;
  return old.type !== 'scalar' && /(?:^|[\s[{,:-])&\S/.test(text.slice(old.start, old.end));
}

/** What `writeMap` puts behind the colon of a map of one key. */
function behindColon(value: Value, column: number): string {
  return writeMap({ k: value }, column).slice('k:'.length, -1);
}

/** The comment on the line of the key, with a space before it; undefined if there is something else. */
function commentOf(text: string, start: number, old: Node): string | undefined {
  const isBlock = old.type === 'scalar' && (text[old.start] === '|' || text[old.start] === '>');
  const isBelow = lineEnd(text, start) < old.start;
  const from = isBelow ? start : isBlock ? old.start + 1 : old.end;
  const match = /^[-+1-9]*[ \t]*(#.*)?$/.exec(text.slice(from, lineEnd(text, from)));
  if (match === null) return undefined;
  return match[1] === undefined ? '' : ` ${match[1]}`;
}

/** The comments deeper than a column, and the blank lines, that follow the line that ends at an offset. */
function commentsBelow(text: string, from: number, column: number): { lines: string[]; end: number } {
  const lines: string[] = [];
  let end = from;
  for (;;) {
    const start = text.indexOf('\n', end) + 1;
    if (start === 0) break;
    const next = lineEnd(text, start);
    const content = text.slice(start, next).trimStart();
    if (content !== '' && !(content.startsWith('#') && next - start - content.length > column)) break;
    lines.push(content === '' ? '' : ' '.repeat(column) + content);
    end = next;
  }
  return { lines, end };
}

/** Where the line of an offset ends, in front of its line break. */
function lineEnd(text: string, offset: number): number {
  const eol = text.indexOf('\n', offset);
  if (eol < 0) return text.length;
  return text[eol - 1] === '\r' ? eol - 1 : eol;
}
