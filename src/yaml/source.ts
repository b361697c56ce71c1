import { isAscii } from 'node:buffer';
import { Lines } from './lines.ts';
import type { Node } from './node.ts';
import { Ruler } from './ruler.ts';

/** Reads all of YAML. Its library is loaded only when some text needs it. */
export type CarefulReader = (text: string) => Node[];

/** The text that resources were found in: bytes on the quick way, a string on the careful one. */
export interface Source {
  /** What a user knows it by: a file's path, or `<stdin>`; undefined if it has no name. */
  readonly name: string | undefined;
  readonly length: number;
  /** There where the source itself was read so. */
  readonly careful?: CarefulReader;
  text(start: number, end: number): string;
  /** Offset of the next occurrence of a text of ASCII, or -1. */
  find(text: string, from: number): number;
  /** Whether a text of ASCII stands in a range. */
  holds(text: string, start: number, end: number): boolean;
  /** What is handed on untouched. */
  piece(start: number, end: number): Uint8Array | string;
  /** Line and column of an offset, both from 1. */
  position(offset: number): { line: number; column: number };
}

/** Of an item that stands in no text. */
export const NO_SOURCE: Source = {
  name: undefined,
  length: 0,
  text: () => '',
  find: () => -1,
  holds: () => false,
  piece: () => '',
  position: () => ({ line: 1, column: 1 }),
};

export class ByteSource implements Source {
  readonly length: number;
  private lines: Lines | undefined;
  private ruler: Ruler | 'bytes' | undefined;

  constructor(
    readonly name: string | undefined,
    readonly bytes: Buffer,
  ) {
    this.length = bytes.length;
  }

  text(start: number, end: number): string {
    return this.bytes.toString('utf8', start, end);
  }

  find(text: string, from: number): number {
    return this.bytes.indexOf(text, from, 'latin1');
  }

  holds(text: string, start: number, end: number): boolean {
    return this.bytes.subarray(start, end).includes(text, 0, 'latin1');
  }

  piece(start: number, end: number): Uint8Array {
    return this.bytes.subarray(start, end);
  }

  position(offset: number): { line: number; column: number } {
    this.lines ??= Lines.ofBytes(this.bytes);
    const { line, start } = this.lines.at(offset);
    return { line, column: this.unitsUpTo(offset) - this.unitsUpTo(start) + 1 };
  }

  private unitsUpTo(offset: number): number {
    this.ruler ??= isAscii(this.bytes) ? 'bytes' : Ruler.ofBytes(this.bytes);
    return this.ruler === 'bytes' ? offset : this.ruler.upTo(offset);
  }
}

export class StringSource implements Source {
  readonly length: number;
  private lines: Lines | undefined;

  constructor(
    readonly name: string | undefined,
    readonly string: string,
    readonly careful: CarefulReader,
  ) {
    this.length = string.length;
  }

  text(start: number, end: number): string {
    return this.string.slice(start, end);
  }

  find(text: string, from: number): number {
    return this.string.indexOf(text, from);
  }

  holds(text: string, start: number, end: number): boolean {
    return this.string.slice(start, end).includes(text);
  }

  piece(start: number, end: number): string {
    return this.string.slice(start, end);
  }

  position(offset: number): { line: number; column: number } {
    this.lines ??= Lines.ofText(this.string);
    const { line, start } = this.lines.at(offset);
    // A byte order mark takes no column.
    const first = start === 0 && this.string.startsWith('\ufeff') ? 1 : start;
    return { line, column: Math.max(offset - first, 0) + 1 };
  }
}
