import { MapScanner, Span } from './scan-map.ts';
import { GIVE_UP } from './scan-token.ts';

const NEWLINE = 10;
const SPACE = 32;
const HASH = 35;
const COLON = 58;

/** A key of the ResourceList itself, with the range of its lines. */
export interface TopKey {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export interface ListSpans {
  readonly items: readonly Span[];
  readonly keys: readonly TopKey[];
}

/**
 * Finds the items of a ResourceList in block style without parsing them. Returns undefined where the text is
 * anything else, so that the careful way takes it.
 */
export function scanList(bytes: Uint8Array): ListSpans | undefined {
  return new ListScanner(bytes, bytes.length).list();
}

class ListScanner extends MapScanner {
  private readonly items: Span[] = [];
  private readonly keys: TopKey[] = [];

  list(): ListSpans | undefined {
    let line = this.prologue();
    while (line !== GIVE_UP && line < this.length) {
      if (this.isIgnorable(line)) line = this.nextLine(line);
      else line = this.topLevel(line);
    }
    return line === GIVE_UP ? undefined : { items: this.items, keys: this.keys };
  }

  /** Comments and one `---` may come first. */
  private prologue(): number {
    let line = 0;
    while (line < this.length && this.isIgnorable(line)) line = this.nextLine(line);
    const dashes = this.startsWith(line, Buffer.from('---'));
    return dashes && this.isBreak(line + 3) ? this.nextLine(line) : line;
  }

  private isIgnorable(line: number): boolean {
    const at = this.skipSpaces(line);
    return this.isBreak(at) || this.bytes[at] === HASH;
  }

  private topLevel(line: number): number {
    const colon = this.plainKey(line);
    if (colon === GIVE_UP) return GIVE_UP;
    const name = Buffer.from(this.bytes.subarray(line, colon)).toString('latin1');
    if (this.keys.some((key) => key.name === name)) return GIVE_UP;
    const end = name === 'items' ? this.itemLines(colon + 1) : this.otherLines(line);
    if (end !== GIVE_UP) this.keys.push({ name, start: line, end });
    return end;
  }

  /** Offset of the colon behind a key of letters in the first column. */
  private plainKey(line: number): number {
    let at = line;
    let byte = this.bytes[at] ?? 0;
    while ((byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90)) byte = this.bytes[++at] ?? 0;
    return at > line && byte === COLON && (this.bytes[at + 1] === SPACE || this.isBreak(at + 1))
      ? at
      : GIVE_UP;
  }

  /** The lines of any other key: up to the next key in the first column. */
  private otherLines(from: number): number {
    let line = this.content(from, from);
    while (line !== GIVE_UP && line < this.length) {
      const at = this.skipSpaces(line);
      if (this.isBreak(at) || this.bytes[at] === HASH) line = this.nextLine(at);
      else if (at === line && !this.isDash(at)) return line;
      else line = this.content(at, line);
    }
    return line;
  }

  private itemLines(from: number): number {
    const rest = this.skipSpaces(from);
    if (!this.isBreak(rest) && this.bytes[rest] !== HASH) return GIVE_UP;
    let line = this.nextLine(rest);
    let indent = -1;
    while (line < this.length) {
      if (this.isIgnorable(line)) {
        line = this.nextLine(line);
        continue;
      }
      const at = this.skipSpaces(line);
      if (indent < 0) indent = at - line;
      if (!this.isDash(at) || at - line !== indent)
        return at - line === 0 && this.items.length > 0 ? line : GIVE_UP;
      line = this.item(line, at);
      if (line === GIVE_UP) return GIVE_UP;
    }
    return line;
  }

  private item(line: number, dash: number): number {
    const first = this.skipSpaces(dash + 1);
    const comment = this.bytes[first] === HASH;
    const span = new Span(line, dash, comment || this.bytes[first] === NEWLINE ? -1 : first - line, 0);
    const second = span.column < 0 ? this.nextLine(first) : this.topKey(first, line, span);
    const end = second === GIVE_UP ? GIVE_UP : this.rest(second, span);
    if (end === GIVE_UP || span.kind < 0 || span.apiVersion < 0) return GIVE_UP;
    span.end = end;
    this.items.push(span);
    return end;
  }
}
