import type { ScalarNode } from './node.ts';
import { Odd } from './read-line.ts';

const SPACE = 32;

/**
 * Reads a literal block of plain style from its indicator on: every line deeper than `parent` belongs to it. `next` is
 * the start of the line behind it.
 */
export function readLiteral(
  source: string,
  start: number,
  parent: number,
): { readonly node: ScalarNode; readonly next: number } {
  const header = /\|([-+]?)([1-9]?)([-+]?) *(?: #[^\n]*)?(?:\n|$)/y;
  header.lastIndex = start;
  const match = header.exec(source);
  if (match === null || (match[1] && match[3])) throw new Odd();
  const chomp = match[1] || match[3] || '';
  let indent = match[2] ? parent + Number(match[2]) : 0;
  let line = header.lastIndex;
  /** End of the last line, and of the last that is not blank. */
  let last = Math.max(start + 1, line - 1);
  let lastFilled = last;
  const lines: string[] = [];
  while (line < source.length) {
    const found = source.indexOf('\n', line);
    const eol = found < 0 ? source.length : found;
    let at = line;
    while (source.charCodeAt(at) === SPACE) at++;
    if (at === eol && (indent === 0 || at - line <= indent)) {
      if (eol < source.length) lines.push('');
    } else {
      if (at - line <= parent || (indent > 0 && at - line < indent)) break;
      if (indent === 0) indent = firstIndent(lines, at - line, source.slice(header.lastIndex, line));
      lines.push(source.slice(line + indent, eol));
      lastFilled = eol;
    }
    last = eol;
    line = eol + 1;
  }
  const text = chomped(lines, chomp, lastFilled === source.length);
  const end = chomp === '+' ? last : lastFilled;
  return {
    node: { type: 'scalar', start, end, plain: false, value: text, text },
    next: Math.min(line, source.length),
  };
}

/** Blank lines before the first may not be deeper than it: then YAML calls the block an error. */
function firstIndent(lines: string[], indent: number, before: string): number {
  for (const blank of before.split('\n')) if (blank.length > indent) throw new Odd();
  lines.fill('');
  return indent;
}

/** `open`: the last line has no line break, which go-yaml then does not add. */
function chomped(lines: readonly string[], chomp: string, open: boolean): string {
  if (open && lines.length > 0) return lines.join('\n');
  let filled = lines.length;
  while (filled > 0 && lines[filled - 1] === '') filled--;
  const kept = chomp === '+' ? '\n'.repeat(lines.length - filled) : '';
  if (filled === 0) return kept;
  return `${lines.slice(0, filled).join('\n')}${chomp === '-' ? '' : '\n'}${kept}`;
}
