import { allBy } from './by-key.ts';

/** Names of which one is wanted. */
export type OneOf = readonly string[];

interface Placed<T> {
  readonly item: T;
  /** Its place among all. */
  readonly index: number;
}

/** Items that have names: whoever wants several of these looks only at the items with the rarest. */
export class Having<T> {
  private readonly all: readonly Placed<T>[];
  private readonly byName: ReadonlyMap<string, readonly Placed<T>[]>;

  constructor(items: readonly T[], namesOf: (item: T) => Iterable<string>) {
    this.all = placed(items);
    this.byName = allBy(this.all, ({ item }) => namesOf(item));
  }

  /** In their order, all that may have one name of each list, and some others. */
  *among(wanted: readonly OneOf[]): Generator<T> {
    const names = rarest(wanted, (name) => this.byName.get(name)?.length ?? 0);
    const found = names === undefined ? this.all : inOrder(names.map((name) => this.byName.get(name) ?? []));
    for (const { item } of found) yield item;
  }
}

/** Items that want names of others: whoever has several of these looks only at the items that want the rarest of theirs. */
export class Wanting<T> {
  private readonly unconditional: readonly Placed<T>[];
  private readonly byName: ReadonlyMap<string, readonly Placed<T>[]>;

  constructor(items: readonly T[], wantedBy: (item: T) => readonly OneOf[]) {
    const all = placed(items).map((one) => ({ ...one, wanted: wantedBy(one.item) }));
    const counts = allBy(all, ({ wanted }) => wanted.flat());
    const chosen = all.map((one) => ({
      ...one,
      names: rarest(one.wanted, (name) => counts.get(name)?.length ?? 0),
    }));
    this.unconditional = chosen.filter(({ names }) => names === undefined);
    this.byName = allBy(chosen, ({ names = [] }) => names);
  }

  /** In their order, all that may want no more than such names, and some others. */
  *among(names: readonly string[]): Generator<T> {
    const lists = names.map((name) => this.byName.get(name) ?? []);
    for (const { item } of inOrder([this.unconditional, ...lists])) yield item;
  }
}

function placed<T>(items: readonly T[]): Placed<T>[] {
  return items.map((item, index) => ({ item, index }));
}

/** The list whose names are had least often; undefined if there is none. */
function rarest(lists: readonly OneOf[], countOf: (name: string) => number): OneOf | undefined {
  let [fewest, found]: [number, OneOf | undefined] = [Number.POSITIVE_INFINITY, undefined];
  for (const names of lists) {
    const count = names.reduce((sum, name) => sum + countOf(name), 0);
    if (count < fewest) [fewest, found] = [count, names];
  }
  return found;
}

/** Each once. */
function inOrder<T>(lists: readonly (readonly Placed<T>[])[]): Placed<T>[] {
  return [...new Set(lists.flat())].sort((a, b) => a.index - b.index);
}
