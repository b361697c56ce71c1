import { isMap, type Value } from '../yaml/index.ts';
import { type Draft, draftValue, type Fields } from '../yaml-write/draft.ts';

/** A map that is put together field by field. */
export class Tree {
  private readonly fields = new Map<string, Draft | Tree>();
  private readonly lists = new Map<string, Draft[]>();

  /** Sets a field, if there is a value; the maps above it are made. */
  set([key = '', ...rest]: readonly string[], value: Draft | undefined): void {
    if (value === undefined) return;
    if (rest.length === 0) this.fields.set(key, value);
    else this.below(key).set(rest, value);
  }

  /** Adds to the end of a list. */
  add(list: string, ...added: readonly Draft[]): void {
    const items = this.lists.get(list);
    if (items === undefined) this.lists.set(list, [...added]);
    else items.push(...added);
  }

  /** Puts each item in the place of the one that goes by the same key, or at the end of the list. */
  merge(list: string, added: readonly Draft[], keyOf: (value: Value) => string): void {
    const items = [...(this.lists.get(list) ?? [])];
    const places = new Map(items.map((item, index) => [keyOf(draftValue(item)), index]));
    for (const item of added) {
      const key = keyOf(draftValue(item));
      const place = places.get(key) ?? items.length;
      places.set(key, place);
      items[place] = item;
    }
    this.lists.set(list, items);
  }

  /** All of it: some keys first, and the others by their names. */
  build(first: readonly string[] = []): Fields {
    const built = new Map<string, Draft>();
    const keys = [...this.fields.keys(), ...this.lists.keys()];
    for (const key of new Set([...first.filter((one) => keys.includes(one)), ...keys.sort()])) {
      const value = this.fields.get(key) ?? this.lists.get(key) ?? null;
      built.set(key, value instanceof Tree ? value.build() : value);
    }
    return built;
  }

  private below(key: string): Tree {
    const known = this.fields.get(key);
    if (known instanceof Tree) return known;
    const made = new Tree();
    // What is set in a map that was taken as a whole goes before what that says of it.
    const before = known === undefined ? null : draftValue(known);
    if (isMap(before)) for (const [name, value] of Object.entries(before)) made.set([name], value);
    this.fields.set(key, made);
    return made;
  }
}
