import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK = 4 * 1024 * 1024;

const NEWLINE = 10;

/**
 * Reads many small files into few large buffers, with a line break behind each: a buffer for each would cost more than
 * its reading.
 */
export class FileReader {
  private chunk = Buffer.alloc(0);
  private used = 0;
  private readonly full: Buffer[] = [];

  /** The stretches of bytes that the files which were read stand in, but for those that were too large to share one. */
  stretches(): Buffer[] {
    return [...this.full, this.chunk.subarray(0, this.used)].filter(({ length }) => length > 0);
  }

  /** The bytes of a file; they stay as they are when others are read. Throws where it cannot be read. */
  read(path: string): Buffer {
    const descriptor = openSync(path, 'r');
    try {
      const start = this.room();
      for (;;) {
        const count = readSync(descriptor, this.chunk, this.used, this.chunk.length - this.used, null);
        this.used += count;
        if (count === 0) return this.ended(start);
        if (this.used === this.chunk.length) return this.rest(descriptor, start);
      }
    } finally {
      closeSync(descriptor);
    }
  }

  private ended(start: number): Buffer {
    const bytes = this.chunk.subarray(start, this.used);
    this.chunk[this.used++] = NEWLINE;
    return bytes;
  }

  /** Where the next file may begin. */
  private room(): number {
    if (this.chunk.length - this.used < CHUNK / 64) {
      this.full.push(this.chunk.subarray(0, this.used));
      this.chunk = Buffer.allocUnsafeSlow(CHUNK);
      this.used = 0;
    }
    return this.used;
  }

  /** A file that does not fit into the chunk gets buffers of its own. */
  private rest(descriptor: number, start: number): Buffer {
    const parts = [this.chunk.subarray(start)];
    this.full.push(this.chunk.subarray(0, start));
    this.chunk = Buffer.alloc(0);
    this.used = 0;
    for (;;) {
      const part = Buffer.allocUnsafeSlow(CHUNK);
      const count = readSync(descriptor, part, 0, CHUNK, null);
      if (count === 0) return Buffer.concat(parts);
      parts.push(part.subarray(0, count));
    }
  }
}
