import { resolvePlain } from './scalar.ts';

/** In place of an address: there is no such scalar. Of what is unclear only a real reader can tell what it says. */
const ABSENT = -1;
const UNCLEAR = -2;
/** Offset of a scalar's three numbers in the record of a resource: from where, up to where, and the text's number. */
const API_VERSION = 4;
const KIND = 7;
const NAME = 10;
const NAMESPACE = 13;

/** Where a resource stands in bytes, and what it is called, as a scan has found it: one after the other. */
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

  /** Start of the resource's first line; of a list's item, the line of its dash. */
  get start(): number {
    return this.number(0) - this.address;
  }

  /** Offset of the dash, or -1 in a stream of documents. */
  get dash(): number {
    const dash = this.number(1);
    return dash < 0 ? dash : dash - this.address;
  }

  /** Column of the resource's keys. */
  get column(): number {
    return this.number(2);
  }

  get end(): number {
    return this.number(3) - this.address;
  }

  // Of each: '' where it is no string, undefined where only a real reader can tell.

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
    const from = this.number(field);
    if (from === ABSENT) return '';
    if (from === UNCLEAR) return undefined;
    const number = this.number(field + 2);
    if (number < 0) return this.read(field, number);
    this.known[number] ??= this.read(field, number);
    return this.known[number];
  }

  private read(field: number, number: number): string {
    const [from, to] = [this.number(field), this.number(field + 1)];
    const text = this.bytes.toString('utf8', from - this.address, to - this.address);
    const isQuoted = (number & 1) === 1;
    return isQuoted || typeof resolvePlain(text) === 'string' ? text : '';
  }

  private number(field: number): number {
    return this.numbers[this.record + field] ?? 0;
  }
}
