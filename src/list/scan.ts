/// <reference path="./web-assembly.d.ts" />
import { type ByteStore, PlainStore } from './byte-store.ts';
import { MOST_KEYS, MOST_RECORDS, RECORD_NUMBERS } from './scan-layout.ts';
import { ScanMemory } from './scan-memory.ts';
import { SCAN_PROGRAM } from './scan-program.generated.ts';
import { Span } from './span.ts';

/** A key of the ResourceList itself, with the range of its lines. */
export interface TopKey {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Takes a resource that was found, as long as it is on; false where it wants no more. */
export type Taker = (span: Span) => boolean;

const COLON = 58;

/**
 * Finds resources in bytes without reading them, by a program in WebAssembly: it is fast from the first byte on, where
 * a loop in JavaScript would be done before V8 has compiled it.
 */
export class Scanner {
  private readonly exports: WebAssembly.Instance['exports'];
  private readonly span: Span;

  constructor(readonly memory: ScanMemory) {
    const module = new WebAssembly.Module(Buffer.from(SCAN_PROGRAM, 'base64'));
    this.exports = new WebAssembly.Instance(module, { env: { memory: memory.memory } }).exports;
    this.span = new Span(memory.numbers(this.call('records'), MOST_RECORDS * RECORD_NUMBERS));
  }

  /**
   * Finds the items of a ResourceList in block style, and the list's own keys. Undefined if the text is anything
   * else, so that the careful way takes it, or where the taker wants no more.
   */
  list(bytes: Buffer, take: Taker): TopKey[] | undefined {
    const address = this.memory.addressOf(bytes);
    this.call('beginList', address, address + bytes.length);
    if (!this.each('nextItems', bytes, address, take)) return undefined;
    return this.keys(bytes, address);
  }

  /** Finds the documents of a stream that hold something. False where one of them is no resource in block style. */
  documents(bytes: Buffer, take: Taker): boolean {
    const address = this.memory.addressOf(bytes);
    this.call('beginStream', address, address + bytes.length);
    return this.each('nextDocuments', bytes, address, take);
  }

  private each(next: string, bytes: Buffer, address: number, take: Taker): boolean {
    for (let count = this.call(next); count !== 0; count = this.call(next)) {
      if (count < 0) return false;
      this.span.turnTo(bytes, address);
      for (let index = 0; index < count; index++) if (!take(this.span.at(index))) return false;
    }
    return true;
  }

  private keys(bytes: Buffer, address: number): TopKey[] | undefined {
    const numbers = this.memory.numbers(this.call('keys'), 2 * MOST_KEYS);
    const keys = new Map<string, TopKey>();
    const count = this.call('keysFound');
    for (let index = 0; index < count; index++) {
      const start = (numbers[2 * index] ?? 0) - address;
      const end = (numbers[2 * index + 1] ?? 0) - address;
      const name = bytes.toString('latin1', start, bytes.indexOf(COLON, start));
      keys.set(name, { name, start, end });
    }
    return keys.size < count ? undefined : [...keys.values()];
  }

  private call(name: string, ...numbers: number[]): number {
    const called = this.exports[name];
    if (called === undefined) throw new Error(`the program that scans must export "${name}"`);
    return called(...numbers);
  }
}

let scanner: Scanner | null | undefined;

/**
 * The scanner of this process; undefined if there can be none, for lack of WebAssembly or of address space. What
 * it does depends on nothing but the bytes it is given.
 */
export function theScanner(): Scanner | undefined {
  if (scanner === undefined) {
    try {
      scanner = new Scanner(ScanMemory.create());
    } catch {
      // All of it can be read carefully.
      scanner = null;
    }
  }
  return scanner ?? undefined;
}

/** Where to read bytes into that are going to be opened. */
export function byteStore(): ByteStore {
  return theScanner()?.memory ?? new PlainStore();
}
