/** The lines between documents; they end one wherever they stand. */
const MARKER = /(?<![^\n])(?:---|\.\.\.)(?![^ \t\r\n])/g;

/** Where the documents of a stream stand, with the comments around them. To be asked from the first to the last. */
export class DocumentRanges {
  private start: number;
  private next: number;

  constructor(private readonly text: string) {
    // A byte order mark belongs to the file, not to its first document.
    this.start = text.startsWith('\ufeff') ? 1 : 0;
    MARKER.lastIndex = this.start;
    this.next = this.marker(this.start);
  }

  /** From behind the marker's line to the next marker, around what begins and ends somewhere between them. */
  around(end: number): { readonly start: number; readonly end: number } {
    while (this.next < end) {
      const eol = this.text.indexOf('\n', this.next);
      this.start = eol < 0 ? this.text.length : eol + 1;
      this.next = this.marker(this.start);
    }
    return { start: this.start, end: this.next };
  }

  private marker(from: number): number {
    MARKER.lastIndex = from;
    return MARKER.exec(this.text)?.index ?? this.text.length;
  }
}
