import type { Problems } from '../problem/index.ts';
import { Identifier } from './identify.ts';
import { Item } from './item.ts';
import type { Interest } from './list.ts';
import { identify, isOdd, isReadable, openList, readMarked } from './open-list.ts';
import { MapScanner, Span } from './scan-map.ts';
import { GIVE_UP } from './scan-token.ts';
import { ByteSource } from './source.ts';

const NEWLINE = 10;
const SPACE = 32;
const HASH = 35;
const PERCENT = 37;

/**
 * Opens a file of plain manifests: the documents of a YAML stream, or JSON. A ResourceList or `v1` `List` among
 * them stands for its items. Reports what cannot be read.
 */
export async function openStream(
  name: string | undefined,
  bytes: Buffer,
  interest: Interest,
  problems: Problems,
): Promise<Item[]> {
  if (!isReadable(name, bytes, problems)) return [];
  const quick = isOdd(bytes) ? undefined : new StreamScanner(bytes).items(name, interest);
  if (quick !== undefined && !quick.some(isList)) return quick;
  if (quick?.length === 1 && quick[0]?.kind === 'ResourceList')
    return [...((await openList(name, bytes, interest, problems))?.items ?? [])];
  const { openStreamCarefully } = await import('./open-carefully.ts');
  return openStreamCarefully(name, bytes.toString('utf8'), problems);
}

function isList(item: Item): boolean {
  return item.kind === 'ResourceList' || (item.kind === 'List' && item.apiVersion === 'v1');
}

class StreamScanner extends MapScanner {
  private readonly found: Item[] = [];

  constructor(private readonly buffer: Buffer) {
    super(buffer, buffer.length);
  }

  /** The documents, or undefined where one of them is not plain block style. */
  items(name: string | undefined, interest: Interest): Item[] | undefined {
    const source = new ByteSource(name, this.buffer);
    const identifier = new Identifier(this.buffer);
    let index = 0;
    for (const [start, end] of this.documents() ?? [[-1, -1]]) {
      if (start < 0) return undefined;
      const span = new Span(start, -1, -1, end);
      const state = this.scan(start, end, span);
      if (state === 'odd') return undefined;
      if (state === 'empty') continue;
      const item = new Item(source, 'document', start, end, -1, span.column, index++);
      if (!identify(item, span, identifier, interest)) return undefined;
      this.found.push(item);
    }
    return interest.markers.every((marker) => readMarked(this.found, marker)) ? this.found : undefined;
  }

  private scan(start: number, end: number, span: Span): 'resource' | 'empty' | 'odd' {
    const last = new DocumentScanner(this.buffer, end).scan(start, span);
    if (last === GIVE_UP || last < end) return 'odd';
    if (span.column < 0) return 'empty';
    return span.kind < 0 || span.apiVersion < 0 ? 'odd' : 'resource';
  }

  /** Ranges between the `---` and `...` lines; undefined where such a line holds more, or a directive stands. */
  private documents(): [start: number, end: number][] | undefined {
    const ranges: [number, number][] = [];
    let start = 0;
    for (let line = 0; line < this.length; ) {
      const marker = this.marker(line);
      if (marker !== undefined) {
        const rest = this.skipSpaces(line + 3);
        if (!this.isBreak(rest) && this.bytes[rest] !== HASH) return undefined;
        if (line > start) ranges.push([start, line]);
        start = this.nextLine(rest);
      } else if (this.bytes[line] === PERCENT) return undefined;
      const next = this.buffer.indexOf(NEWLINE, line);
      line = next < 0 ? this.length : next + 1;
    }
    if (start < this.length) ranges.push([start, this.length]);
    return ranges;
  }

  private marker(line: number): number | undefined {
    const byte = this.bytes[line];
    if (byte !== 45 && byte !== 46) return undefined;
    if (this.bytes[line + 1] !== byte || this.bytes[line + 2] !== byte) return undefined;
    return this.bytes[line + 3] === SPACE || this.isBreak(line + 3) ? byte : undefined;
  }
}

class DocumentScanner extends MapScanner {
  scan(start: number, span: Span): number {
    return this.rest(start, span);
  }
}
