import { Float, isMap, type MapValue, setOwn, type Value } from '../yaml/index.ts';
import { mapItems, mapValues } from './map-values.ts';

/** A copy that shares no map or list with the original, so that a later edit of one resource cannot reach another. */
export function copy(value: unknown): Value | undefined {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return value;
    case 'object':
      if (value === null) return undefined;
      if (value instanceof Float) return value;
      return Array.isArray(value) ? copyItems(value) : copyMap(value);
    default:
      return undefined;
  }
}

function copyItems(items: readonly unknown[]): Value[] {
  return items.map(copy).filter((item) => item !== undefined);
}

function copyMap(map: object): MapValue {
  const copied: MapValue = {};
  for (const [key, value] of Object.entries(map)) {
    const itsCopy = copy(value);
    if (itsCopy !== undefined) setOwn(copied, key, itsCopy);
  }
  return copied;
}

/** Copies of a list of objects, such as containers or volumes; none if the list is not written. */
export function copyList(list: readonly object[] | undefined): MapValue[] {
  return (list ?? []).map(copyMap);
}

/** The entries that have a value, in the order written. */
export function fields(entries: { readonly [key: string]: Value | undefined }): MapValue {
  const map: MapValue = {};
  for (const key of Object.keys(entries)) {
    const value = entries[key];
    if (value !== undefined) setOwn(map, key, value);
  }
  return map;
}

/** The map or list, unless it is empty. */
export function unlessEmpty<T extends MapValue | Value[]>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}

/** The same without nulls at any depth, which Kubernetes reads as not written; itself if it has none. */
export function withoutNulls<T>(written: T): T {
  return holdsNull(written) ? (cleared(written) as T) : written;
}

function holdsNull(value: unknown): boolean {
  if (typeof value !== 'object') return false;
  return value === null || Object.values(value).some(holdsNull);
}

function cleared<T>(value: T): T | Value {
  if (Array.isArray(value)) return mapItems(value, clearedItem);
  return isMap(value) ? mapValues(value, clearedItem) : value;
}

function clearedItem(value: Value): Value | undefined {
  return value === null ? undefined : cleared(value);
}
