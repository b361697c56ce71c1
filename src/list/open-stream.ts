import type { Problems } from '../problem/index.ts';
import { ByteSource } from '../yaml/index.ts';
import { isAnyList } from './any-list.ts';
import { identify } from './identify.ts';
import type { Item } from './item.ts';
import type { Interest } from './list.ts';
import { isOdd, isReadable, openList, readMarked } from './open-list.ts';
import { theScanner } from './scan.ts';
import { Survey } from './survey.ts';

/**
 * Opens a file of plain manifests: the documents of a YAML stream, or JSON. A list among them stands for its items.
 * Reports what cannot be read.
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
  private looked: Survey | undefined;

  constructor(
    private readonly interest: Interest,
    private readonly problems: Problems,
  ) {}

  /** Looks at a stretch of bytes in which all files stand that are going to be opened, each behind a line break. */
  survey(stretch: Buffer): void {
    this.looked = new Survey(stretch, this.interest.markers);
  }

  /** Opens one file, as `openStream` does; at once where that is possible. */
  open(name: string | undefined, bytes: Buffer): Item[] | Promise<Item[]> {
    const survey = this.looked;
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
    return openStreamCarefully(name, bytes.toString('utf8'), this.interest, this.problems);
  }

  private quickly(name: string | undefined, bytes: Buffer, isMarked: boolean): Item[] | undefined {
    const { interest } = this;
    const source = new ByteSource(name, bytes);
    const items: Item[] = [];
    const isSound = theScanner()?.documents(bytes, (span) => {
      const item = span.item(source, 'document', items.length);
      items.push(item);
      return identify(item, span, interest);
    });
    if (!isSound) return undefined;
    // The items of a list are looked at one by one, when it is opened as one.
    if (!isMarked || items.some(isList)) return items;
    return interest.markers.every((marker) => readMarked(items, marker)) ? items : undefined;
  }
}

function isList(item: Item): boolean {
  return isAnyList(item.kind);
}
