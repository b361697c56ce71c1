import { type MapValue, setOwn, type Value } from '../yaml/index.ts';

// Most of a workload does not change here: unchanged parts are reused instead of copied.

/** The map with other values, or without those that become undefined; itself if nothing changes. */
export function mapValues(map: MapValue, change: (value: Value, key: string) => Value | undefined): MapValue {
  let result = map;
  let gone: Set<string> | undefined;
  for (const key of Object.keys(map)) {
    const value = map[key] ?? null;
    const changed = change(value, key);
    if (changed === value) continue;
    // A copy as a whole has the hidden class of the map; one that is built again, field by field, takes much longer.
    if (result === map) result = { ...map };
    if (changed === undefined) gone = (gone ?? new Set()).add(key);
    else setOwn(result, key, changed);
  }
  return gone === undefined ? result : without(result, gone);
}

function without(map: MapValue, gone: ReadonlySet<string>): MapValue {
  const rest: MapValue = {};
  for (const key of Object.keys(map)) if (!gone.has(key)) setOwn(rest, key, map[key] ?? null);
  return rest;
}

/** The list with other items, or without those that become undefined; itself if nothing changes. */
export function mapItems(items: Value[], change: (item: Value) => Value | undefined): Value[] {
  let changed: Value[] | undefined;
  for (let position = 0; position < items.length; position++) {
    const item = items[position] ?? null;
    const other = change(item);
    if (other === item && changed === undefined) continue;
    changed ??= items.slice(0, position);
    if (other !== undefined) changed.push(other);
  }
  return changed ?? items;
}
