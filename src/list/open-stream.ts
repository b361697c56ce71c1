import type { Problems } from '../problem/index.ts';
import { Identifier } from './identify.ts';
import { Item } from './item.ts';
import type { Interest } from './list.ts';
import { identify, isOdd, isReadable, openList, readMarked } from './open-list.ts';
import { MapScanner, Span } from './scan-map.ts';
import { GIVE_UP, HASH } from './scan-token.ts';
import { ByteSource } from './source.ts';
import { Survey } from './survey.ts';

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
  return new StreamOpener(interest, problems).open(name, bytes);
}

/** Opens files of plain manifests, many of them in less time than each by itself. */
export class StreamOpener {
  private readonly identifier = new Identifier();
  private readonly surveys = new Map<ArrayBufferLike, Survey>();

  constructor(
    private readonly interest: Interest,
    private readonly problems: Problems,
  ) {}

  /** Looks at a stretch of bytes in which files stand, each behind a line break, before they are opened. */
  survey(stretch: Buffer): void {
    this.surveys.set(stretch.buffer, new Survey(stretch, this.interest.markers));
  }

  /** Opens one file, as `openStream` does; at once where that is possible. */
  open(name: string | undefined, bytes: Buffer): Item[] | Promise<Item[]> {
    const survey = this.surveys.get(bytes.buffer);
    if (!survey?.isPlain && !isReadable(name, bytes, this.problems)) return [];
    const isQuick = !isOdd(bytes, survey?.isPlain);
    const items = isQuick ? this.quickly(name, bytes, survey?.isMarked(bytes) ?? true) : undefined;
    return items === undefined || items.some(isList) ? this.carefully(name, bytes, items) : items;
  }

  private async carefully(
    name: string | undefined,
    bytes: Buffer,
    items: Item[] | undefined,
  ): Promise<Item[]> {
    if (items?.length === 1 && items[0]?.kind === 'ResourceList') {
      return [...((await openList(name, bytes, this.interest, this.problems))?.items ?? [])];
    }
    const { openStreamCarefully } = await import('./open-carefully.ts');
    return openStreamCarefully(name, bytes.toString('utf8'), this.problems);
  }

  private quickly(name: string | undefined, bytes: Buffer, isMarked: boolean): Item[] | undefined {
    const { identifier, interest } = this;
    const source = new ByteSource(name, bytes);
    const items: Item[] = [];
    identifier.turnTo(bytes);
    for (const span of new StreamScanner(bytes, bytes.length).documents() ?? [undefined]) {
      if (span === undefined) return undefined;
      const item = new Item(source, 'document', span.start, span.end, -1, span.column, items.length);
      if (!identify(item, span, identifier, interest)) return undefined;
      items.push(item);
    }
    // The items of a list are looked at one by one, when it is opened as one.
    if (!isMarked || items.some(isList)) return items;
    return interest.markers.every((marker) => readMarked(items, marker)) ? items : undefined;
  }
}

function isList(item: Item): boolean {
  return item.kind === 'ResourceList' || (item.kind === 'List' && item.apiVersion === 'v1');
}

class StreamScanner extends MapScanner {
  /** The documents that hold something, or undefined where one of them is no resource in plain block style. */
  documents(): Span[] | undefined {
    const spans: Span[] = [];
    let start = 0;
    while (start < this.length) {
      // A directive may come first, elsewhere such a character begins nothing.
      if (this.bytes[start] === PERCENT) return undefined;
      const span = new Span(start, -1, -1, 0);
      const end = this.rest(start, span);
      if (end === GIVE_UP) return undefined;
      span.end = Math.min(end, this.length);
      if (span.column >= 0) {
        if (span.kind < 0 || span.apiVersion < 0) return undefined;
        spans.push(span);
      }
      start = end < this.length ? this.behindMarker(end) : this.length;
      if (start === GIVE_UP) return undefined;
    }
    return spans;
  }

  /** The line behind a `---` or `...`, which only a comment may follow. */
  private behindMarker(line: number): number {
    if (!this.isMarker(line)) return GIVE_UP;
    const rest = this.skipSpaces(line + 3);
    return this.isBreak(rest) || this.bytes[rest] === HASH ? this.nextLine(rest) : GIVE_UP;
  }
}
