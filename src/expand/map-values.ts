import { type MapValue, setOwn, type Value } from '../yaml/index.ts';

// Most of a workload does not change here: unchanged parts are reused instead of copied.

/** The map with other values, or without those that become undefined; itself if nothing changes. */
export function mapValues(map: MapValue, change: (value: Value, key: string) => Value | undefined): MapValue {
  let result: MapValue | undefined;
  let position = 0;
  for (const key of Object.keys(map)) {
    const value = map[key] ?? null;
    const changed = change(value, key);
    if (changed !== value) result ??= Object.fromEntries(Object.entries(map).slice(0, position));
    if (result !== undefined && changed !== undefined) setOwn(result, key, changed);
    position++;
  }
  return result ?? map;
}

/** The list with other items, or without those that become undefined; itself if nothing changes. */
export function mapItems(items: Value[], change: (item: Value) => Value | undefined): Value[] {
  const changed = items.map(change);
  if (changed.every((item, position) => item === items[position])) return items;
  return changed.filter((item) => item !== undefined);
}
