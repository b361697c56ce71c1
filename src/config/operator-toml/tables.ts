import type { ConfigTable, ConfigValue } from '../table.ts';

/** The tables of a text, and which of them keys go into. */
export class Tables {
  readonly root: ConfigTable = new Map();
  private current = this.root;
  private path: readonly string[] = [];
  /** Tables that so far only stand in headings of others, by their path. */
  private readonly implicit = new Set<string>();
  /** Lists that were made by headings, and not written as values. */
  private readonly lists = new Set<ConfigValue>();

  /** Sets a key of the current table; false where it is there. */
  set(key: string, value: ConfigValue): boolean {
    if (!this.current.has(key)) this.current.set(key, value);
    // The operator's parser takes the first mention of a table that is only in headings for its own, whatever it is.
    else return this.implicit.delete([...this.path, key].join('.'));
    return true;
  }

  /** Enters `[a.b]`; false where something else has that name. */
  openTable(names: readonly string[]): boolean {
    const last = this.enterParent(names);
    if (last === undefined || !this.set(last, new Map())) return false;
    return this.enter(last);
  }

  /** Enters `[[a.b]]`, which is another item of a list; false where something else has that name. */
  openItem(names: readonly string[]): boolean {
    const last = this.enterParent(names);
    if (last === undefined) return false;
    const list = this.current.get(last) ?? this.newList(last);
    if (!Array.isArray(list) || !this.lists.has(list)) return false;
    list.push(new Map());
    return this.enter(last);
  }

  private newList(name: string): ConfigValue[] {
    const list: ConfigValue[] = [];
    this.lists.add(list);
    this.current.set(name, list);
    return list;
  }

  private enterParent(names: readonly string[]): string | undefined {
    this.current = this.root;
    this.path = [];
    for (const name of names.slice(0, -1)) {
      if (!this.current.has(name)) {
        this.implicit.add([...this.path, name].join('.'));
        this.current.set(name, new Map());
      }
      if (!this.enter(name)) return undefined;
    }
    return names.at(-1);
  }

  private enter(name: string): boolean {
    const value = this.current.get(name);
    const table = Array.isArray(value) && this.lists.has(value) ? value.at(-1) : value;
    if (!(table instanceof Map)) return false;
    this.current = table;
    this.path = [...this.path, name];
    return true;
  }
}
