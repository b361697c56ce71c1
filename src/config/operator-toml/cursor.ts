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

  /** Steps over all characters that are some of these. */
  takeAll(characters: string): string {
    const from = this.at;
    while (this.at < this.text.length && characters.includes(this.char)) this.at++;
    return this.text.slice(from, this.at);
  }

  skipBlanks(): void {
    this.takeAll(' \t');
  }

  /** A carriage return by itself ends a line, too. */
  get isAtLineEnd(): boolean {
    return this.char === '\n' || this.char === '\r';
  }

  /** Blanks, line breaks and comments. */
  skipLines(): void {
    do this.takeAll(' \t\r\n');
    while (this.skipsComment());
  }

  private skipsComment(): boolean {
    if (this.char !== '#') return false;
    while (this.at < this.text.length && !this.isAtLineEnd) this.at++;
    return true;
  }

  fail(reason: string, offset = this.at): never {
    throw new NotRead(reason, offset);
  }
}
