import {
  BLOCK,
  COLON,
  DASH,
  FLOW,
  GIVE_UP,
  HASH,
  NEWLINE,
  ONE_LINE,
  PLAIN,
  QUESTION,
  QUOTED,
  SPACE,
  STARTS,
  TokenScanner,
} from './scan-token.ts';

const TAB = 9;

/** The characters that may end a plain text, or tell that it is none. */
const STOPS = new Uint8Array(256);
for (const char of '\n:#\t') STOPS[char.charCodeAt(0)] = 1;

/**
 * Steps over lines of block YAML without reading them: just enough is looked at to know that a line is what it
 * seems and not part of a scalar or flow collection that began above. Small functions on purpose: V8 compiles
 * them within the first milliseconds, one big loop much later.
 */
export class LineScanner extends TokenScanner {
  /**
   * Steps over the content of one line, which begins at `at` in a line that begins at `line`, and over what it may
   * open: a block scalar, quotes or brackets that close further down. Returns the start of the next line, or GIVE_UP.
   *
   * The line may go on with a plain scalar of the line above. So only behind a colon, where no plain scalar can go
   * on, is a quote or bracket sure to be one and may span lines.
   */
  protected content(at: number, line: number): number {
    let i = at;
    let dash = -1;
    while (this.isDash(i)) {
      dash = i - line;
      i = this.skipSpaces(i + 1);
      if (this.isBreak(i)) return i + 1;
      if (this.bytes[i] === HASH) return this.nextLine(i);
    }
    const first = this.bytes[i] ?? NEWLINE;
    if (STARTS[first] === PLAIN) return this.plainLine(i, line);
    if (STARTS[first] === QUOTED) return this.quotedLine(i, line);
    if (STARTS[first] === FLOW) return this.restOfLine(this.flowEnd(i, ONE_LINE));
    if (STARTS[first] === BLOCK && dash >= 0) return this.blockScalar(i, dash);
    return GIVE_UP;
  }

  private plainLine(at: number, line: number): number {
    const { bytes } = this;
    if (bytes[at] === QUESTION && this.isGap(at + 1)) return GIVE_UP;
    let i = this.nextStop(at);
    while (i < this.length) {
      const byte = bytes[i];
      if (byte === NEWLINE) return i + 1;
      if (byte === COLON && this.isGap(i + 1)) return this.value(i + 1, at - line);
      if (byte === HASH && bytes[i - 1] === SPACE) return this.nextLine(i);
      if (byte === TAB) return GIVE_UP;
      i = this.nextStop(i + 1);
    }
    return this.length;
  }

  private nextStop(at: number): number {
    const { bytes, length } = this;
    let i = at;
    while (i < length && STOPS[bytes[i] ?? NEWLINE] === 0) i++;
    return i;
  }

  private quotedLine(at: number, line: number): number {
    const end = this.quotedEnd(at, ONE_LINE);
    if (end === GIVE_UP) return GIVE_UP;
    const isKey = this.bytes[end] === COLON && this.isGap(end + 1);
    return isKey ? this.value(end + 1, at - line) : this.restOfLine(end);
  }

  /** Steps over the value behind a key that stands in column `column`. */
  private value(at: number, column: number): number {
    const i = this.skipSpaces(at);
    if (this.isBreak(i)) return i + 1;
    const first = this.bytes[i] ?? NEWLINE;
    switch (STARTS[first]) {
      case PLAIN:
        return first === DASH && this.isDash(i) ? GIVE_UP : this.nextLine(i);
      case QUOTED:
        return this.restOfLine(this.quotedEnd(i, column));
      case FLOW:
        return this.restOfLine(this.flowEnd(i, column));
      case BLOCK:
        return this.blockScalar(i, column);
      default:
        return GIVE_UP;
    }
  }

  /** Only a comment may follow. */
  private restOfLine(at: number): number {
    if (at === GIVE_UP) return GIVE_UP;
    const i = this.skipSpaces(at);
    if (this.isBreak(i)) return i + 1;
    return this.bytes[i] === HASH && i > at ? this.nextLine(i) : GIVE_UP;
  }

  /** Every line deeper than the column of what holds the block belongs to it, and so do blank ones. */
  private blockScalar(at: number, column: number): number {
    const { bytes, length } = this;
    let i = this.blockHeader(at);
    while (i !== GIVE_UP && i < length) {
      const start = i;
      i = this.skipSpaces(i);
      if (this.isBreak(i)) i++;
      else if (bytes[i] === TAB && i - start <= column) return GIVE_UP;
      else if (i - start <= column) return start;
      else i = this.nextLine(i);
    }
    return i;
  }

  private blockHeader(at: number): number {
    let i = at + 1;
    let byte = this.bytes[i];
    // + - 1-9
    while (byte === 43 || byte === DASH || (byte !== undefined && byte >= 49 && byte <= 57))
      byte = this.bytes[++i];
    return i - at > 3 ? GIVE_UP : this.restOfLine(i);
  }
}
