/** A place in a text of YAML, line by line. */
export class Cursor {
  at = 0;
  lineStart = 0;

  constructor(readonly text: string) {}

  get char(): string {
    return this.text.charAt(this.at);
  }

  get column(): number {
    return this.at - this.lineStart;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Whether white space, or nothing more, follows so many characters. */
  isBlank(ahead = 0): boolean {
    return /^[ \t\r\n]?$/.test(this.text.charAt(this.at + ahead));
  }

  isBreak(): boolean {
    return /^[\r\n]$/.test(this.char);
  }

  /** Whether a comment begins here. */
  isComment(): boolean {
    return this.char === '#' && (this.column === 0 || /[ \t]/.test(this.text.charAt(this.at - 1)));
  }

  /** Whether a document ends here, or begins. */
  isBoundary(): boolean {
    return (
      this.column === 0 && /^(?:---|\.\.\.)$/.test(this.text.slice(this.at, this.at + 3)) && this.isBlank(3)
    );
  }

  skipBlanks(): void {
    while (this.char === ' ' || this.char === '\t') this.at++;
  }

  skipLine(): void {
    while (!this.isAtEnd && !this.isBreak()) this.at++;
  }

  /** Skips the rest of a word: up to white space, and in brackets up to what separates. */
  skipWord(isInFlow: boolean): void {
    while (!this.isBlank() && !(isInFlow && /[,[\]{}]/.test(this.char))) this.at++;
  }

  skipBreak(): void {
    this.at += this.text.startsWith('\r\n', this.at) ? 2 : 1;
    this.lineStart = this.at;
  }

  /** Skips the spaces that a line begins with, and returns how many they are. */
  skipIndentation(): number {
    while (this.char === ' ') this.at++;
    return this.column;
  }
}
