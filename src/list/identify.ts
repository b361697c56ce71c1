import type { Item } from './item.ts';
import { find, type Node } from './node.ts';
import { resolvePlain } from './scalar.ts';
import type { Span } from './scan-map.ts';
import { COLON, HASH, NEWLINE, PLAIN, QUESTION, QUOTED, SPACE, STARTS } from './scan-token.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const TAB = 9;

/** Reads what identifies a resource off its bytes. */
export class Identifier {
  /** Kinds, API versions and namespaces recur: each is made a string once. */
  private readonly known: { bytes: Buffer; text: string }[] = [];

  constructor(private bytes: Buffer = Buffer.alloc(0)) {}

  /** From here on reads off other bytes. */
  turnTo(bytes: Buffer): void {
    this.bytes = bytes;
  }

  /**
   * A scalar that stands on one line: '' where it is no string, undefined where only a real reader can tell. What
   * follows a closing quote has been looked at by the scanner.
   */
  scalar(at: number, recurs: boolean): string | undefined {
    const { bytes } = this;
    const start = STARTS[bytes[at] ?? NEWLINE];
    if (start === QUOTED) return this.quoted(at, recurs);
    if (start !== PLAIN) return undefined;
    let end = at;
    for (; end < bytes.length; end++) {
      const byte = bytes[end];
      if (byte === NEWLINE || (byte === HASH && bytes[end - 1] === SPACE)) break;
      if (byte === TAB || (byte === COLON && this.isGap(end + 1))) return undefined;
    }
    while (end > at && bytes[end - 1] === SPACE) end--;
    if (end === at || (bytes[at] === QUESTION && this.isGap(at + 1))) return undefined;
    const text = this.string(at, end, recurs);
    return typeof resolvePlain(text) === 'string' ? text : '';
  }

  private quoted(at: number, recurs: boolean): string | undefined {
    const { bytes } = this;
    const quote = bytes[at];
    let end = at + 1;
    while (end < bytes.length && bytes[end] !== quote) {
      if (bytes[end] === NEWLINE || (quote === QUOTE && bytes[end] === BACKSLASH)) return undefined;
      end++;
    }
    return bytes[end + 1] === quote ? undefined : this.string(at + 1, end, recurs);
  }

  private isGap(at: number): boolean {
    return at >= this.bytes.length || this.bytes[at] === SPACE || this.bytes[at] === NEWLINE;
  }

  private string(start: number, end: number, recurs: boolean): string {
    return recurs ? this.intern(start, end) : this.bytes.toString('utf8', start, end);
  }

  private intern(start: number, end: number): string {
    for (const known of this.known) if (this.equals(start, end, known.bytes)) return known.text;
    const text = this.bytes.toString('utf8', start, end);
    if (this.known.length < 24) this.known.push({ bytes: this.bytes.subarray(start, end), text });
    return text;
  }

  private equals(start: number, end: number, other: Buffer): boolean {
    const length = end - start;
    if (length !== other.length) return false;
    for (let i = length - 1; i >= 0; i--) if (this.bytes[start + i] !== other[i]) return false;
    return true;
  }

  /** Fills in name and namespace; false where only a real reader can tell them. */
  names(span: Span, item: Item): boolean {
    if (span.metadata !== 'lines') return false;
    const name = span.name < 0 ? '' : this.scalar(span.name, false);
    const namespace = span.namespace < 0 ? '' : this.scalar(span.namespace, true);
    if (name === undefined || namespace === undefined) return false;
    item.name = name;
    item.namespace = namespace;
    return true;
  }
}

/** Takes kind and names from a resource that was read. Values that are no strings count as missing. */
export function identifyFromNode(item: Item, root: Node): void {
  item.apiVersion = textAt(root, ['apiVersion']);
  item.kind = textAt(root, ['kind']);
  item.name = textAt(root, ['metadata', 'name']);
  item.namespace = textAt(root, ['metadata', 'namespace']);
}

function textAt(root: Node, path: readonly string[]): string {
  const { node, depth } = find(root, path);
  return depth === path.length && node.type === 'scalar' && typeof node.value === 'string' ? node.value : '';
}
