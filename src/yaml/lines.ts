/** Tells lines and columns of offsets. Knowing where the lines start costs one walk over the text, once it is asked. */
export class Lines {
  private starts: number[] | undefined;

  /** `breakAt` gives the offset of the first line break at or after one; -1 if there is none. */
  private constructor(private readonly breakAt: (offset: number) => number) {}

  static ofBytes(bytes: Buffer): Lines {
    return new Lines((offset) => bytes.indexOf(10, offset));
  }

  static ofText(text: string): Lines {
    return new Lines((offset) => text.indexOf('\n', offset));
  }

  /** The line of an offset, from 1, and where it starts. */
  at(offset: number): { line: number; start: number } {
    this.starts ??= this.walk();
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, start: this.starts[low] ?? 0 };
  }

  private walk(): number[] {
    const starts = [0];
    for (let end = this.breakAt(0); end >= 0; end = this.breakAt(end + 1)) starts.push(end + 1);
    return starts;
  }
}
