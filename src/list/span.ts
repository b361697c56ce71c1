import { resolvePlain, type Source } from '../yaml/index.ts';
import { type Form, Item } from './item.ts';
import {
  ABSENT,
  API_VERSION,
  COLUMN,
  DASH_AT,
  END,
  KIND,
  NAME,
  NAMESPACE,
  RECORD_NUMBERS,
  START,
  UNCLEAR,
} from './scan-layout.ts';

/** A resource in bytes, and what it is called, as a scan has found it: one after the other. */
export class Span {
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
    this.record = index * RECORD_NUMBERS;
    return this;
  }

  /** The resource, as an item of the source that the bytes are of. */
  item(source: Source, form: Form, index: number): Item {
    const { numbers, record, address } = this;
    const start = (numbers[record + START] ?? 0) - address;
    const dash = numbers[record + DASH_AT] ?? -1;
    const column = numbers[record + COLUMN] ?? 0;
    const end = (numbers[record + END] ?? 0) - address;
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
