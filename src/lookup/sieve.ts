/** An item, its place among all, and its names. */
export interface Placed<T> {
  readonly item: T;
  readonly index: number;
  readonly names: ReadonlySet<string>;
}

/**
 * Items in their order, of which somebody asks for those without some names. What a name leaves out is looked at once, however
 * many ask for the same: each further name is a sieve of its own, which is filled as far as somebody has read it.
 */
export class Sieve<T> implements Iterable<Placed<T>> {
  private readonly found: Placed<T>[] = [];
  private readonly source: Iterator<Placed<T>>;
  private readonly finer = new Map<string, Sieve<T>>();
  /** How many of all have each name. */
  private counts: ReadonlyMap<string, number> | undefined;

  constructor(private readonly all: Iterable<Placed<T>> & { readonly length?: number }) {
    this.source = all[Symbol.iterator]();
  }

  /** How many there are; 0 where nobody has counted them. */
  get size(): number {
    return this.all.length ?? 0;
  }

  *[Symbol.iterator](): Generator<Placed<T>> {
    for (let index = 0; ; index++) {
      const known = this.found[index];
      if (known !== undefined) {
        yield known;
        continue;
      }
      const next = this.source.next();
      if (next.done) return;
      this.found.push(next.value);
      yield next.value;
    }
  }

  /** Those that have none of the names. Names that leave out most go first, because most who ask have them in common. */
  without(names: readonly string[]): Iterable<Placed<T>> {
    if (names.length === 0) return this;
    this.counts ??= countsOf(this.all);
    const counts = this.counts;
    const count = (name: string) => counts.get(name) ?? 0;
    const had = [...new Set(names)].filter((name) => count(name) > 0);
    had.sort((a, b) => count(b) - count(a) || (a < b ? -1 : 1));
    let sieve: Sieve<T> = this;
    for (const name of had) sieve = sieve.withoutOne(name);
    return sieve;
  }

  private withoutOne(name: string): Sieve<T> {
    const known = this.finer.get(name);
    if (known !== undefined) return known;
    const made = new Sieve(lacking(this, name));
    this.finer.set(name, made);
    return made;
  }
}

function* lacking<T>(all: Iterable<Placed<T>>, name: string): Generator<Placed<T>> {
  for (const one of all) if (!one.names.has(name)) yield one;
}

function countsOf<T>(all: Iterable<Placed<T>>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { names } of all) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
