/** A text that the operator's parser does not read, and where it stops. */
export class NotRead extends Error {
  constructor(
    /** What it stops at: `has a dotted key`. */
    readonly reason: string,
    readonly offset: number,
  ) {
    super(reason);
  }
}

/** Where the reading of a text is. */
export class Cursor {
  at = 0;

  constructor(readonly text: string) {}

  /** The character here; '' at the end. */
  get char(): string {
    return this.text.charAt(this.at);
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** Steps over a text, if it stands here. */
  takes(text: string): boolean {
    if (!this.startsWith(text)) return false;
    this.at += text.length;
    return true;
  }

  /** What a sticky pattern matches here, and steps over it; '' if that is nothing. */
  take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found = ''] = pattern.exec(this.text) ?? [];
    this.at += found.length;
    return found;
  }

  skipBlanks(): void {
    this.take(/[ \t]*/y);
  }

  /** A carriage return by itself ends a line, too. */
  get isAtLineEnd(): boolean {
    return this.char === '\n' || this.char === '\r';
  }

  /** Blanks, line breaks and comments. */
  skipLines(): void {
    do this.take(/[ \t\r\n]*/y);
    while (this.take(/#[^\r\n]*/y) !== '');
  }

  fail(reason: string, offset = this.at): never {
    throw new NotRead(reason, offset);
  }
}
