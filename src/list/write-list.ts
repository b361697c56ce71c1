import type { MapValue } from '../yaml/index.ts';
import { writeFlow, writeMap } from '../yaml-write/index.ts';
import type { Changes } from './changes.ts';
import type { Item } from './item.ts';
import type { ItemList } from './list.ts';
import { matchable } from './matched.ts';
import type { Piece } from './piece.ts';

/**
 * The list with the changes made, piece by piece: long untouched stretches are handed on as they came. `results`,
 * if given, takes the place of the list's own.
 */
export function writeList(
  list: ItemList,
  changes: Changes,
  results: readonly MapValue[] | undefined,
): Iterable<Piece> {
  const matching = matchable(changes);
  if (list.form === 'values') return [writeAnew(list, matching, results)];
  return new ListWriter(list, matching).pieces(results);
}

class ListWriter {
  /** Up to where the source has been handed on. */
  private at = 0;
  private readonly newline: string;

  constructor(
    private readonly list: ItemList,
    private readonly changes: Changes,
  ) {
    const head = list.source.text(0, Math.min(list.source.length, 4096));
    this.newline = head.includes('\r\n') ? '\r\n' : '\n';
  }

  *pieces(results: readonly MapValue[] | undefined): Iterable<Piece> {
    const { list } = this;
    if (list.items.length > 0 && list.items.every((item) => this.goes(item))) yield* this.withoutItems();
    else if (list.form === 'flow' && this.changes.drops.size > 0) yield* this.rejoined();
    else for (const item of list.items) if (this.isTouched(item)) yield* this.item(item);
    if (results === undefined) yield* this.upTo(list.source.length);
    else yield* this.end(results);
  }

  private goes(item: Item): boolean {
    return this.changes.drops.has(item) && !this.changes.additions.has(item);
  }

  /** Asked of every item, so that what is not touched costs no more. */
  private isTouched(item: Item): boolean {
    const { edits, replacements, drops, additions } = this.changes;
    return (
      edits.has(item) ||
      replacements.has(item) ||
      drops.has(item) ||
      additions.has(item) ||
      item.leansOnOthers
    );
  }

  private *upTo(end: number): Iterable<Piece> {
    if (end > this.at) yield this.list.source.piece(this.at, end);
    this.at = Math.max(this.at, end);
  }

  private *item(item: Item): Iterable<Piece> {
    const { changes } = this;
    const replacement = changes.replacements.get(item);
    const edits = changes.edits.get(item);
    if (changes.drops.has(item)) {
      if (item.form === 'block') yield* this.drop(item);
    } else if (replacement !== undefined)
      yield* this.instead(item, this.endings(item.rewritten(replacement)));
    else if (edits !== undefined) yield* this.instead(item, item.edited(edits));
    else if (item.leansOnOthers) yield* this.instead(item, this.endings(item.rewritten(item.object)));
    const additions = changes.additions.get(item);
    if (additions !== undefined) yield* this.addAfter(item, additions);
  }

  private *instead(item: Item, text: string): Iterable<Piece> {
    yield* this.upTo(item.start);
    yield text;
    this.at = item.end;
  }

  /** A dropped item leaves the comments above the next one where they are. */
  private *drop(item: Item): Iterable<Piece> {
    yield* this.upTo(item.start);
    this.at = item.end - trailingComments(item);
  }

  /** A list in brackets from which something goes: what stays is set apart by commas again. */
  private *rejoined(): Iterable<Piece> {
    const { items } = this.list;
    let first = true;
    for (const item of items) {
      yield* this.upTo(items[0]?.start ?? 0);
      this.at = item.start;
      if (!this.goes(item) && !first) yield ', ';
      if (!this.goes(item)) first = false;
      yield* this.item(item);
      if (!this.changes.drops.has(item)) yield* this.upTo(item.end);
      this.at = item.end;
    }
  }

  private *addAfter(item: Item, additions: readonly MapValue[]): Iterable<Piece> {
    if (item.form === 'flow') {
      yield* this.upTo(item.end);
      for (const value of additions) yield `, ${writeFlow(value)}`;
      return;
    }
    yield* this.upTo(item.end);
    const column = item.dashColumn();
    if (!this.endsLine(item.end)) yield this.newline;
    for (const value of additions)
      yield this.endings(`${' '.repeat(column)}- ${writeMap(value, column + 2)}`);
  }

  private endsLine(offset: number): boolean {
    return offset === 0 || this.list.source.text(offset - 1, offset) === '\n';
  }

  private endings(text: string): string {
    return this.newline === '\n' ? text : text.replaceAll('\n', this.newline);
  }

  /** Nothing is left: a sequence without items must be said to be one. */
  private *withoutItems(): Iterable<Piece> {
    const { items } = this.list;
    const first = items[0];
    const last = items[items.length - 1];
    if (first === undefined || last === undefined) return;
    yield* this.upTo(first.start);
    if (first.form === 'block') yield `  []${this.newline}`;
    this.at = last.end;
  }

  private *end(results: readonly MapValue[]): Iterable<Piece> {
    const { results: old, close, source, tail = { at: source.length, column: 0 } } = this.list;
    if (close !== undefined) {
      const flow = `"results": [${results.map(writeFlow).join(', ')}]`;
      yield* this.upTo(old?.start ?? close);
      yield old === undefined ? `, ${flow}` : flow;
      this.at = old?.end ?? close;
      yield* this.upTo(source.length);
      return;
    }
    if (old !== undefined) {
      yield* this.upTo(old.start);
      this.at = old.end;
    }
    yield* this.upTo(tail.at);
    if (!this.endsLine(tail.at)) yield this.newline;
    const pad = ' '.repeat(tail.column);
    yield this.endings(writeMap({ results: [...results] }, tail.column, 2, pad));
    yield* this.upTo(source.length);
  }
}

/**
 * Length of the comments at an item's end that stand no deeper than its dash, with the blank lines below the first of them.
 * Those above it go with the item: the one before may end in a block, of which they would become part.
 */
function trailingComments(item: Item): number {
  const text = item.text();
  let length = 0;
  let end = text.length;
  while (end > 0) {
    const start = text.lastIndexOf('\n', end - 2) + 1;
    const line = text.slice(start, end);
    const content = line.trimStart();
    if (content !== '' && !(content.startsWith('#') && line.length - content.length <= item.dashColumn()))
      break;
    if (content !== '') length = text.length - start;
    end = start;
  }
  return Buffer.byteLength(text.slice(text.length - length));
}

function writeAnew(list: ItemList, changes: Changes, results: readonly MapValue[] | undefined): string {
  const items: MapValue[] = [];
  for (const item of list.items) {
    if (!changes.drops.has(item))
      items.push(changes.replacements.get(item) ?? item.editedObject(changes.edits.get(item) ?? []));
    items.push(...(changes.additions.get(item) ?? []));
  }
  const whole: MapValue = { ...list.others, items };
  if (results !== undefined) whole.results = [...results];
  return writeMap(whole);
}
