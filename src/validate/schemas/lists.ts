import type { Path } from '../../problem/index.ts';
import { isPlainMap, type Plain, type PlainMap } from './plain.ts';
import { fieldSchema, itemSchema } from './structural.ts';

/** Told of an entry that is in its list before, and of the fields by which entries are told apart, if they are maps. */
export type OnDuplicate = (path: Path, keys: readonly string[]) => void;

/**
 * Looks for entries that are there twice in lists that are sets, or maps by some of the fields of their entries.
 * (apiextensions-apiserver: pkg/apiserver/schema/listtype)
 */
export function findDuplicates(value: Plain, schema: PlainMap | undefined, onDuplicate: OnDuplicate): void {
  new Search(onDuplicate).into(value, schema);
}

class Search {
  private readonly path: (string | number)[] = [];

  constructor(private readonly onDuplicate: OnDuplicate) {}

  into(value: Plain, schema: PlainMap | undefined): void {
    if (schema === undefined) return;
    if (Array.isArray(value)) {
      this.compare(value, schema);
      for (const [index, item] of value.entries()) this.within(index, item, itemSchema(schema));
    } else if (isPlainMap(value)) {
      for (const [name, inner] of Object.entries(value)) this.within(name, inner, fieldSchema(schema, name));
    }
  }

  private within(step: string | number, value: Plain, schema: PlainMap | undefined): void {
    this.path.push(step);
    this.into(value, schema);
    this.path.pop();
  }

  private compare(list: readonly Plain[], schema: PlainMap): void {
    const type = schema['x-kubernetes-list-type'];
    if (type !== 'set' && type !== 'map') return;
    // Of entries that are no maps at all, their types are to be fixed first.
    if (type === 'map' && !list.every((item) => item === null || isPlainMap(item))) return;
    const keys = type === 'map' ? namesIn(schema['x-kubernetes-list-map-keys']) : [];
    const counts = new Map<string, number>();
    for (const [index, item] of list.entries()) {
      const text = sorted(type === 'map' ? keysOf(item, keys) : item);
      const count = (counts.get(text) ?? 0) + 1;
      counts.set(text, count);
      // Each is told of once, as the API server does it.
      if (count === 2) this.onDuplicate([...this.path, index], keys);
    }
  }
}

function namesIn(value: Plain | undefined): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

function keysOf(item: Plain, keys: readonly string[]): Plain {
  if (!isPlainMap(item)) return {};
  return Object.fromEntries(
    keys.filter((key) => Object.hasOwn(item, key)).map((key) => [key, item[key] ?? null]),
  );
}

/** As JSON in which the order of keys does not count. */
function sorted(value: Plain): string {
  return JSON.stringify(value, (_, inner: Plain) =>
    isPlainMap(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
