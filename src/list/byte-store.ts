/** Takes what is read, without leaving another copy of it anywhere. */
export interface ByteStore {
  /** Bytes to read into, at least as many. Throws a RangeError where there are no more. */
  space(least: number): Buffer;
  /** So many of these have been read into. */
  filled(count: number): void;
  /** All that has been read since the last time; it stays as it is, whatever is read next. */
  finish(): Buffer;
  /**
   * Where the texts that were finished since this was last asked stand one behind the other, each with a line break
   * behind it; undefined if they do not.
   */
  stretch(): Buffer | undefined;
}

const FIRST = 1024 * 1024;

/** One for where texts need not be scanned. */
export class PlainStore implements ByteStore {
  private bytes = Buffer.alloc(0);
  private start = 0;
  private end = 0;

  space(least: number): Buffer {
    if (this.end + least > this.bytes.length) {
      const read = this.bytes.subarray(this.start, this.end);
      this.bytes = Buffer.allocUnsafeSlow(Math.max(FIRST, 2 * (read.length + least)));
      read.copy(this.bytes);
      this.start = 0;
      this.end = read.length;
    }
    return this.bytes.subarray(this.end);
  }

  filled(count: number): void {
    this.end += count;
  }

  finish(): Buffer {
    const text = this.bytes.subarray(this.start, this.end);
    this.start = this.end;
    return text;
  }

  stretch(): undefined {
    return undefined;
  }
}
