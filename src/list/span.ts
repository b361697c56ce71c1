import { type Form, Item } from './item.ts';
import { resolvePlain } from './scalar.ts';
import type { Source } from './source.ts';

/** In place of an address: there is no such scalar. Of what is unclear only a real reader can tell what it says. */
const ABSENT = -1;
const UNCLEAR = -2;
/** Offset of a scalar's three numbers in the record of a resource: from where, up to where, and the text's number. */
const API_VERSION = 4;
const KIND = 7;
const NAME = 10;
const NAMESPACE = 13;

/** A resource in bytes, and what it is called, as a scan has found it: one after the other. */
export class Span {
  /** How many numbers there are for each resource. */
  static readonly NUMBERS = 16;
  private bytes: Buffer = Buffer.alloc(0);
  private address = 0;
  private record = 0;
  /** Texts that recur, by their number. */
  private readonly known: (string | undefined)[] = [];

  constructor(private readonly numbers: Int32Array) {}

  /** From here on the resources are those of other bytes, which stand at an address. */
  turnTo(bytes: Buffer, address: number): void {
    this.bytes = bytes;
    this.address = address;
  }

  /** Speaks of another resource from here on. */
  at(index: number): this {
    this.record = index * Span.NUMBERS;
    return this;
  }

  /** The resource, as an item of the source that the bytes are of. */
  item(source: Source, form: Form, index: number): Item {
    const { numbers, record, address } = this;
    const start = (numbers[record] ?? 0) - address;
    const dash = numbers[record + 1] ?? -1;
    const column = numbers[record + 2] ?? 0;
    const end = (numbers[record + 3] ?? 0) - address;
    return new Item(source, form, start, end, dash < 0 ? dash : dash - address, column, index);
  }

  // Of each: '' if it is no string, undefined if only a real reader can tell.

  get apiVersion(): string | undefined {
    return this.text(API_VERSION);
  }

  get kind(): string | undefined {
    return this.text(KIND);
  }

  get name(): string | undefined {
    return this.text(NAME);
  }

  get namespace(): string | undefined {
    return this.text(NAMESPACE);
  }

  private text(field: number): string | undefined {
    const { numbers } = this;
    const at = this.record + field;
    const from = numbers[at] ?? ABSENT;
    if (from === ABSENT) return '';
    if (from === UNCLEAR) return undefined;
    const number = numbers[at + 2] ?? 0;
    if (number < 0) return this.read(from, numbers[at + 1] ?? from, number);
    const known = this.known[number];
    if (known !== undefined) return known;
    const text = this.read(from, numbers[at + 1] ?? from, number);
    this.known[number] = text;
    return text;
  }

  private read(from: number, to: number, number: number): string {
    const text = this.bytes.toString('utf8', from - this.address, to - this.address);
    const isQuoted = (number & 1) === 1;
    return isQuoted || typeof resolvePlain(text) === 'string' ? text : '';
  }
}
