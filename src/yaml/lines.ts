/** Tells lines and columns of offsets. Knowing where the lines start costs one walk over the text, once it is asked. */
export class Lines {
  private starts: number[] | undefined;

  /** `next` gives the offset behind the first line break at or after one; undefined if there is none. */
  constructor(private readonly next: (offset: number) => number | undefined) {}

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
    for (let start = this.next(0); start !== undefined; start = this.next(start)) starts.push(start);
    return starts;
  }
}
