import { LineScanner } from './scan-line.ts';
import { COLON, GIVE_UP, HASH, NEWLINE, QUOTED, SPACE, STARTS } from './scan-token.ts';

const TAB = 9;
const LESS = 60;
const SMALL_N = 110;

/** Where a resource stands in the bytes, and where the keys that identify it. Offsets; -1 where there is none. */
export class Span {
  /** Offsets of the values of `apiVersion` and `kind`, and of `name` and `namespace` under `metadata`. */
  apiVersion = -1;
  kind = -1;
  name = -1;
  namespace = -1;
  metadata: 'missing' | 'lines' | 'odd' = 'missing';

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
const NAME = Buffer.from('name');
const NAMESPACE = Buffer.from('namespace');

/** Scans block maps that are resources: the items of a list, or documents. */
export class MapScanner extends LineScanner {
  /**
   * Scans the rest of a resource from the start of a line up to the first line whose column is less than that of
   * its keys, or that ends a document. Returns where that line starts, or GIVE_UP.
   */
  protected rest(from: number, span: Span): number {
    let line = from;
    while (line < this.length) {
      const at = this.skipSpaces(line);
      const byte = this.bytes[at];
      if (byte === NEWLINE || at >= this.length) line = at + 1;
      else if (byte === HASH) line = this.nextLine(at);
      else if (byte === TAB) return GIVE_UP;
      else if (at === line && this.isMarker(line)) return line;
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
    const colon = at + METADATA.length;
    if (span.metadata !== 'missing' || this.bytes[colon] !== COLON) return GIVE_UP;
    const value = this.skipSpaces(colon + 1);
    const isBelow = this.isBreak(value) || (this.bytes[value] === HASH && value > colon + 1);
    span.metadata = isBelow ? 'lines' : 'odd';
    return isBelow ? this.metadataLines(this.nextLine(value), span) : this.content(at, line);
  }

  /** The lines under `metadata:`, up to the first that is not deeper than that key. */
  private metadataLines(from: number, span: Span): number {
    let line = from;
    let column = -1;
    while (line < this.length) {
      const at = this.skipSpaces(line);
      const byte = this.bytes[at];
      if (byte === NEWLINE || at >= this.length) line = at + 1;
      else if (byte === HASH) line = this.nextLine(at);
      else if (byte === TAB) return GIVE_UP;
      else {
        if (at - line <= span.column) return line;
        if (column < 0) column = at - line;
        if (at - line < column) span.metadata = 'odd';
        line = at - line === column ? this.metadataKey(at, line, span) : this.content(at, line);
        if (line === GIVE_UP) return GIVE_UP;
      }
    }
    return this.length;
  }

  private metadataKey(at: number, line: number, span: Span): number {
    const byte = this.bytes[at] ?? NEWLINE;
    // Such a key may be one of the two.
    if (STARTS[byte] === QUOTED || byte === LESS) span.metadata = 'odd';
    const next = this.content(at, line);
    if (byte !== SMALL_N || next === GIVE_UP) return next;
    const isNamespace = this.isKey(at, NAMESPACE);
    if (!isNamespace && !this.isKey(at, NAME)) return next;
    const value = this.identity(at + (isNamespace ? NAMESPACE : NAME).length);
    if (value === GIVE_UP || this.goesOn(next, at - line)) span.metadata = 'odd';
    else if (isNamespace) span.namespace = value;
    else span.name = value;
    return next;
  }

  /** The value behind a colon, on the same line. */
  private identity(colon: number): number {
    const value = this.skipSpaces(colon + 1);
    return this.bytes[colon] !== COLON || value === colon + 1 || this.isBreak(value) ? GIVE_UP : value;
  }

  /** Steps over a line that must not go on with the next one. */
  private wholeLine(at: number, line: number, span: Span): number {
    const next = this.content(at, line);
    return next !== GIVE_UP && this.goesOn(next, span.column) ? GIVE_UP : next;
  }

  /** Whether a value that stood behind a key in that column goes on with the lines from here. */
  private goesOn(line: number, column: number): boolean {
    let from = line;
    while (from < this.length) {
      const first = this.skipSpaces(from);
      if (!this.isBreak(first)) return this.bytes[first] !== HASH && first - from > column;
      from = first + 1;
    }
    return false;
  }

  protected startsWith(at: number, wanted: Uint8Array): boolean {
    for (let i = 0; i < wanted.length; i++) if (this.bytes[at + i] !== wanted[i]) return false;
    return true;
  }
}
