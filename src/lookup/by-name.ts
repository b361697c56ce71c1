import { allBy } from './by-key.ts';
import { type Placed, Sieve } from './sieve.ts';

/** Names of which one is wanted. */
export type OneOf = readonly string[];

const NOTHING = (): readonly string[] => [];

/** Items that have names: whoever wants several of these looks only at the items with the rarest. */
export class Having<T> {
  private readonly all: Sieve<T>;
  private readonly byName: ReadonlyMap<string, Sieve<T>>;

  constructor(items: readonly T[], namesOf: (item: T) => Iterable<string>) {
    const all = items.map((item, index) => ({ item, index, names: new Set(namesOf(item)) }));
    this.all = new Sieve(all);
    this.byName = sieves(allBy(all, ({ names }) => names));
  }

  /** In their order, all that may have one name of each list and none of those that are unwanted, and some others. */
  *among(wanted: readonly OneOf[], unwanted: readonly string[] = []): Generator<T> {
    const names = rarest(wanted, (name) => this.byName.get(name)?.size ?? 0);
    const lists =
      names === undefined ? [this.all] : [...new Set(names)].flatMap((name) => this.byName.get(name) ?? []);
    for (const { item } of inOrder(lists.map((list) => list.without(unwanted)))) yield item;
  }
}

/** Items that want names of others: whoever has several of these looks only at the items that want the rarest of theirs. */
export class Wanting<T> {
  private readonly unconditional: Sieve<T>;
  private readonly byName: ReadonlyMap<string, Sieve<T>>;

  constructor(
    items: readonly T[],
    wantedBy: (item: T) => readonly OneOf[],
    unwantedBy: (item: T) => readonly string[] = NOTHING,
  ) {
    const all = items.map((item, index) => ({
      item,
      index,
      names: new Set(unwantedBy(item)),
      wanted: wantedBy(item),
    }));
    const counts = allBy(all, ({ wanted }) => wanted.flat());
    const chosen = all.map((one) => ({
      ...one,
      one: rarest(one.wanted, (name) => counts.get(name)?.length ?? 0),
    }));
    this.unconditional = new Sieve(chosen.filter(({ one }) => one === undefined));
    this.byName = sieves(allBy(chosen, ({ one = [] }) => one));
  }

  /** In their order, all that may want no more than such names and none of them away, and some others. */
  *among(names: readonly string[]): Generator<T> {
    const its = [...new Set(names)].flatMap((name) => this.byName.get(name) ?? []);
    const lists = [this.unconditional, ...its];
    for (const { item } of inOrder(lists.map((list) => list.without(names)))) yield item;
  }
}

function sieves<T>(lists: ReadonlyMap<string, readonly Placed<T>[]>): Map<string, Sieve<T>> {
  return new Map([...lists].map(([name, list]) => [name, new Sieve(list)]));
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

/** So many lists are read side by side, each only as far as somebody asks. */
const SIDE_BY_SIDE = 16;

/** All of them, each once. */
function* inOrder<T>(lists: readonly Iterable<Placed<T>>[]): Generator<Placed<T>> {
  if (lists.length > SIDE_BY_SIDE) {
    const all = new Set(lists.flatMap((list) => [...list]));
    yield* [...all].sort((a, b) => a.index - b.index);
    return;
  }
  const heads = lists.map((list) => {
    const rest = list[Symbol.iterator]();
    return { rest, next: rest.next() };
  });
  for (;;) {
    let first: Placed<T> | undefined;
    for (const { next } of heads) {
      if (!next.done && (first === undefined || next.value.index < first.index)) first = next.value;
    }
    if (first === undefined) return;
    yield first;
    for (const head of heads) {
      if (!head.next.done && head.next.value.index === first.index) head.next = head.rest.next();
    }
  }
}
