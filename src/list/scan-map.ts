import { LineScanner } from './scan-line.ts';
import { COLON, GIVE_UP, HASH, NEWLINE, QUOTED, SPACE, STARTS } from './scan-token.ts';

const TAB = 9;
const LESS = 60;

/** Where a resource stands in the bytes, and where the keys that identify it. Offsets; -1 where there is none. */
export class Span {
  /** Offset of the value of `apiVersion`, of `kind`, and of the key `metadata`. */
  apiVersion = -1;
  kind = -1;
  metadata = -1;

  constructor(
    /** Start of the resource's first line; of a list's item, the line of its dash. */
    readonly start: number,
    /** Offset of the dash, or -1 in a stream of documents. */
    readonly dash: number,
    /** Column of the resource's keys. */
    public column: number,
    public end: number,
  ) {}
}

const API_VERSION = Buffer.from('apiVersion');
const KIND = Buffer.from('kind');
const METADATA = Buffer.from('metadata');

/** Scans block maps that are resources: the items of a list, or documents. */
export class MapScanner extends LineScanner {
  /**
   * Scans the rest of a resource from the start of a line up to the first line whose column is less than that of
   * its keys. Returns where that line starts, or GIVE_UP.
   */
  protected rest(from: number, span: Span): number {
    let line = from;
    while (line < this.length) {
      const at = this.skipSpaces(line);
      const byte = this.bytes[at];
      if (byte === NEWLINE || at >= this.length) line = at + 1;
      else if (byte === HASH) line = this.nextLine(at);
      else if (byte === TAB) return GIVE_UP;
      else {
        const column = at - line;
        if (span.column < 0 && column > span.dash - span.start) span.column = column;
        if (column < span.column || span.column < 0) return line;
        line = column === span.column ? this.topKey(at, line, span) : this.content(at, line);
        if (line === GIVE_UP) return GIVE_UP;
      }
    }
    return this.length;
  }

  /** A line that holds one of the resource's own keys; anything else in that column is odd. */
  protected topKey(at: number, line: number, span: Span): number {
    const byte = this.bytes[at] ?? NEWLINE;
    if (byte === 97 && this.isKey(at, API_VERSION)) return this.apiVersion(at, line, span);
    if (byte === 107 && this.isKey(at, KIND)) return this.kind(at, line, span);
    if (byte === 109 && this.isKey(at, METADATA)) return this.metadata(at, line, span);
    // A quoted or merged key may be one of the three: let the careful way look.
    if (STARTS[byte] === QUOTED || byte === LESS) return GIVE_UP;
    return this.content(at, line);
  }

  private isKey(at: number, key: Uint8Array): boolean {
    const behind = this.bytes[at + key.length];
    return (behind === COLON || behind === SPACE) && this.startsWith(at, key);
  }

  private apiVersion(at: number, line: number, span: Span): number {
    const value = this.identity(at + API_VERSION.length);
    if (value === GIVE_UP || span.apiVersion >= 0) return GIVE_UP;
    span.apiVersion = value;
    return this.wholeLine(at, line, span);
  }

  private kind(at: number, line: number, span: Span): number {
    const value = this.identity(at + KIND.length);
    if (value === GIVE_UP || span.kind >= 0) return GIVE_UP;
    span.kind = value;
    return this.wholeLine(at, line, span);
  }

  private metadata(at: number, line: number, span: Span): number {
    if (span.metadata >= 0 || this.bytes[at + METADATA.length] !== COLON) return GIVE_UP;
    span.metadata = at;
    return this.content(at, line);
  }

  /** The value behind a colon, on the same line. */
  private identity(colon: number): number {
    const value = this.skipSpaces(colon + 1);
    return this.bytes[colon] !== COLON || value === colon + 1 || this.isBreak(value) ? GIVE_UP : value;
  }

  /** Steps over a line that must not go on with the next one. */
  private wholeLine(at: number, line: number, span: Span): number {
    const next = this.content(at, line);
    let from = next;
    while (from !== GIVE_UP && from < this.length) {
      const first = this.skipSpaces(from);
      if (!this.isBreak(first))
        return this.bytes[first] !== HASH && first - from > span.column ? GIVE_UP : next;
      from = first + 1;
    }
    return next;
  }

  protected startsWith(at: number, wanted: Uint8Array): boolean {
    for (let i = 0; i < wanted.length; i++) if (this.bytes[at + i] !== wanted[i]) return false;
    return true;
  }
}
