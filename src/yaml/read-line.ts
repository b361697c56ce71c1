import type { ScalarNode } from './node.ts';
import { plainKey, resolvePlain } from './scalar.ts';

export const MERGE = '<<';

/** Thrown by the quick reader for what it leaves to the careful one. */
export class Odd extends Error {}

const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const COLON = 58;
const BACKSLASH = 92;

/** Scalars that begin and end on one line. */
export class LineReader {
  protected at = 0;

  constructor(protected readonly source: string) {}

  protected lineEnd(from: number): number {
    const eol = this.source.indexOf('\n', from);
    return eol < 0 ? this.source.length : eol;
  }

  /** Skips spaces; true where nothing but a comment is left on the line. */
  protected skipSpaces(): boolean {
    const from = this.at;
    while (this.source.charCodeAt(this.at) === SPACE) this.at++;
    const code = this.source.charCodeAt(this.at);
    if (code === TAB) throw new Odd();
    return code === NEWLINE || Number.isNaN(code) || (code === HASH && this.at > from);
  }

  /** Reads `key:` and stops at the colon; undefined, with the position anywhere, where the line has no key. */
  protected key(): string | undefined {
    const first = this.source.charCodeAt(this.at);
    if (first === QUOTE || first === APOSTROPHE) {
      const text = this.quoted(first);
      return this.isColon(this.at) ? text : undefined;
    }
    rejectIndicator(this.source, this.at, false);
    const line = this.source.slice(this.at, this.lineEnd(this.at));
    let colon = line.indexOf(':');
    while (colon >= 0 && !this.isColon(this.at + colon)) colon = line.indexOf(':', colon + 1);
    const text = colon < 0 ? line : line.slice(0, colon);
    const comment = text.indexOf(' #');
    const tab = text.indexOf('\t');
    if (tab >= 0 && (comment < 0 || tab < comment)) throw new Odd();
    if (colon < 0 || comment >= 0) return undefined;
    if (text.endsWith(' ') || text === MERGE) throw new Odd();
    this.at += colon;
    return plainKey(text);
  }

  private isColon(at: number): boolean {
    if (this.source.charCodeAt(at) !== COLON) return false;
    const next = this.source.charCodeAt(at + 1);
    return next === SPACE || next === NEWLINE || Number.isNaN(next);
  }

  /** The text between quotes; stops behind the closing one. */
  protected quoted(quote: number): string {
    const start = this.at + 1;
    let simple = true;
    for (let at = start; ; at++) {
      const code = this.source.charCodeAt(at);
      if (code === NEWLINE || Number.isNaN(code)) throw new Odd();
      if (code === BACKSLASH && quote === QUOTE) {
        simple = false;
        at++;
      } else if (code === quote) {
        if (quote === APOSTROPHE && this.source.charCodeAt(at + 1) === APOSTROPHE) {
          simple = false;
          at++;
          continue;
        }
        this.at = at + 1;
        const raw = this.source.slice(start, at);
        if (simple) return raw;
        return quote === APOSTROPHE ? raw.replaceAll("''", "'") : unescaped(raw);
      }
    }
  }

  protected quotedScalar(quote: number): ScalarNode {
    const start = this.at;
    const text = this.quoted(quote);
    return { type: 'scalar', start, end: this.at, plain: false, value: text, text };
  }

  /** An unquoted scalar; in a flow collection it ends at a bracket or comma as well. */
  protected plain(flow: boolean): ScalarNode {
    const start = this.at;
    rejectIndicator(this.source, start, flow);
    let at = start;
    for (; ; at++) {
      const code = this.source.charCodeAt(at);
      if (code === NEWLINE || Number.isNaN(code)) break;
      if (code === TAB) throw new Odd();
      if (code === HASH && this.source.charCodeAt(at - 1) === SPACE) break;
      if (code === COLON) {
        const next = this.source.charCodeAt(at + 1);
        if (next === SPACE || next === NEWLINE || Number.isNaN(next)) break;
        if (flow && isFlowEnd(next)) break;
      }
      if (flow && isFlowEnd(code)) break;
    }
    let end = at;
    while (end > start && this.source.charCodeAt(end - 1) === SPACE) end--;
    this.at = end;
    const text = this.source.slice(start, end);
    return { type: 'scalar', start, end, plain: true, value: resolvePlain(text), text };
  }
}

function isFlowEnd(code: number): boolean {
  // , [ ] { }
  return code === 44 || code === 91 || code === 93 || code === 123 || code === 125;
}

/** Characters that make something other than a plain scalar of what follows. */
function rejectIndicator(source: string, at: number, flow: boolean): void {
  const char = source.charAt(at);
  if (char === '' || '&*!%@`|>#,[]{}\t'.includes(char)) throw new Odd();
  if ('-?:'.includes(char)) {
    const next = source.charAt(at + 1);
    if (' \n'.includes(next) || (flow && ',[]{}'.includes(next))) throw new Odd();
  }
  if (char === '-' && source.startsWith('---', at)) throw new Odd();
  if (char === '.' && source.startsWith('...', at)) throw new Odd();
}

/** JSON's escapes are the common part of YAML's; others are rare enough for the careful reader. */
function unescaped(raw: string): string {
  try {
    const text: unknown = JSON.parse(`"${raw}"`);
    if (typeof text === 'string' && text.isWellFormed()) return text;
  } catch {
    // Not JSON's escapes.
  }
  throw new Odd();
}
