import type { ByteStore } from './byte-store.ts';
import { MOST_PAGES, PAGE, RESERVED_PAGES, SLACK } from './scan-layout.ts';

const NEWLINE = 10;

/**
 * The memory in which texts are scanned: what is read into it need not be copied. It grows in place, and takes only
 * what has been written to. As it is shared, its views stay when it grows, and V8 does not collect garbage on its
 * account.
 */
export class ScanMemory implements ByteStore {
  private bytes: Buffer;
  /** Every view that there has been. */
  private readonly views = new WeakSet<ArrayBufferLike>();
  /** Where the text begins that is being read, and up to where it has been. */
  private start = RESERVED_PAGES * PAGE;
  private end = RESERVED_PAGES * PAGE;
  /** Up to where somebody has asked for the texts that stand together. */
  private told = RESERVED_PAGES * PAGE;

  /** Throws if there is no WebAssembly, or not enough address space. */
  static create(): ScanMemory {
    return new ScanMemory(
      new WebAssembly.Memory({ initial: RESERVED_PAGES, maximum: MOST_PAGES, shared: true }),
    );
  }

  private constructor(readonly memory: WebAssembly.Memory) {
    this.bytes = this.view();
  }

  space(least: number): Buffer {
    const missing = this.end + least + SLACK - this.bytes.length;
    if (missing > 0) {
      this.memory.grow(Math.ceil(Math.max(missing, Math.min(this.bytes.length, 64 * PAGE)) / PAGE));
      this.bytes = this.view();
    }
    return this.bytes.subarray(this.end, this.bytes.length - SLACK);
  }

  filled(count: number): void {
    this.end += count;
  }

  finish(): Buffer {
    this.space(0);
    const text = this.bytes.subarray(this.start, this.end);
    this.bytes[this.end] = NEWLINE;
    this.end += 1;
    this.start = this.end;
    return text;
  }

  stretch(): Buffer {
    const from = this.told;
    this.told = this.start;
    return this.bytes.subarray(from, this.start);
  }

  /** Whether bytes stand here. */
  holds({ buffer }: Buffer): boolean {
    return this.views.has(buffer);
  }

  /** Where a text stands here, ready to be scanned: one that stands elsewhere is copied, until the next is. */
  addressOf(text: Buffer): number {
    if (this.holds(text)) return text.byteOffset;
    text.copy(this.space(text.length));
    this.bytes[this.end + text.length] = NEWLINE;
    return this.end;
  }

  /** Numbers that the program has written to an address. */
  numbers(address: number, count: number): Int32Array {
    return new Int32Array(this.bytes.buffer, address, count);
  }

  private view(): Buffer {
    const { buffer } = this.memory;
    this.views.add(buffer);
    return Buffer.from(buffer);
  }
}
