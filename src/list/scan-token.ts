const TAB = 9;
export const NEWLINE = 10;
export const SPACE = 32;
const QUOTE = 34;
export const HASH = 35;
const APOSTROPHE = 39;
const COMMA = 44;
export const DASH = 45;
const DOT = 46;
export const COLON = 58;
export const QUESTION = 63;
const BACKSLASH = 92;

/** What the first character of a token says about it. */
export const PLAIN = 0;
export const QUOTED = 1;
export const FLOW = 2;
export const BLOCK = 3;
const CLOSER = 4;
const ODD = 5;
export const STARTS = new Uint8Array(256);
for (const char of '"\'') STARTS[char.charCodeAt(0)] = QUOTED;
for (const char of '[{') STARTS[char.charCodeAt(0)] = FLOW;
for (const char of '|>') STARTS[char.charCodeAt(0)] = BLOCK;
for (const char of ']}') STARTS[char.charCodeAt(0)] = CLOSER;
for (const char of '&*!%@`,\t') STARTS[char.charCodeAt(0)] = ODD;

/** Returned instead of an offset where the text is not plain block style. */
export const GIVE_UP = -1;

/** Stands for a column where a token must end on the line that it begins on. */
export const ONE_LINE = -1;

/** Steps over tokens of YAML without reading them. */
export class TokenScanner {
  constructor(
    protected readonly bytes: Uint8Array,
    protected readonly length: number,
  ) {}

  /** Offset behind the newline that ends the line of `at`. */
  protected nextLine(at: number): number {
    const { bytes, length } = this;
    let i = at;
    while (i < length && bytes[i] !== NEWLINE) i++;
    return i + 1;
  }

  protected skipSpaces(at: number): number {
    const { bytes } = this;
    let i = at;
    while (bytes[i] === SPACE) i++;
    return i;
  }

  protected isBreak(at: number): boolean {
    return at >= this.length || this.bytes[at] === NEWLINE;
  }

  protected isGap(at: number): boolean {
    return this.bytes[at] === SPACE || this.isBreak(at);
  }

  protected isDash(at: number): boolean {
    return this.bytes[at] === DASH && this.isGap(at + 1);
  }

  /** Whether a line begins with the marker `---` or `...`, which ends a document wherever it stands. */
  protected isMarker(line: number): boolean {
    const byte = this.bytes[line];
    if (byte !== DASH && byte !== DOT) return false;
    return this.bytes[line + 1] === byte && this.bytes[line + 2] === byte && this.isGap(line + 3);
  }

  /**
   * The first character of a line on which a token goes on. YAML wants it deeper than the column of the key that
   * holds the token; a bracket that closes may stand right below it, as go-yaml has it.
   */
  private continuation(line: number, column: number): number {
    if (column === ONE_LINE || line >= this.length || this.isMarker(line)) return GIVE_UP;
    const at = this.skipSpaces(line);
    if (this.isBreak(at) || at - line > column) return at;
    return at - line === column && STARTS[this.bytes[at] ?? 0] === CLOSER ? at : GIVE_UP;
  }

  /** Offset behind the closing quote. */
  protected quotedEnd(at: number, column: number): number {
    const { bytes, length } = this;
    const quote = bytes[at];
    let i = at + 1;
    while (i < length) {
      const byte = bytes[i];
      if (byte === NEWLINE) {
        if (this.continuation(i + 1, column) === GIVE_UP) return GIVE_UP;
      } else if (byte === BACKSLASH && quote === QUOTE) {
        if (bytes[i + 1] !== NEWLINE) i++;
      } else if (byte === quote) {
        if (quote !== APOSTROPHE || bytes[i + 1] !== APOSTROPHE) return i + 1;
        i++;
      }
      i++;
    }
    return GIVE_UP;
  }

  /** Offset behind the bracket that closes a flow collection. */
  protected flowEnd(at: number, column: number): number {
    const { bytes, length } = this;
    let depth = 0;
    /** Whether a token may begin here: only there do quotes and indicators mean anything. */
    let fresh = true;
    /** Whether a token ended here that needs no space before a colon. */
    let closed = false;
    let i = at;
    while (i < length) {
      const byte = bytes[i] ?? NEWLINE;
      if (byte === SPACE) i++;
      else if (byte === NEWLINE) {
        i = this.continuation(i + 1, column);
        if (i === GIVE_UP) return GIVE_UP;
      } else if (byte === HASH && (bytes[i - 1] === SPACE || bytes[i - 1] === NEWLINE)) {
        i = this.nextLine(i) - 1;
      } else if (fresh && STARTS[byte] === QUOTED) {
        i = this.quotedEnd(i, column);
        if (i === GIVE_UP) return GIVE_UP;
        fresh = false;
        closed = true;
      } else {
        if (byte === TAB || (fresh && this.isOddInFlow(i))) return GIVE_UP;
        if (STARTS[byte] === FLOW) depth++;
        else if (STARTS[byte] === CLOSER && --depth === 0) return i + 1;
        fresh = STARTS[byte] === FLOW || byte === COMMA || (byte === COLON && (closed || this.isGap(i + 1)));
        closed = STARTS[byte] === CLOSER;
        i++;
      }
    }
    return GIVE_UP;
  }

  private isOddInFlow(at: number): boolean {
    const byte = this.bytes[at] ?? NEWLINE;
    if (byte === QUESTION || byte === DASH) return this.isGap(at + 1);
    return byte === HASH || (STARTS[byte] === ODD && byte !== COMMA);
  }
}
