import { isMap, type MapValue, type Value } from './value.ts';

/** The value at a path, as far as there is one. */
export function valueAt(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>(
    (map, key) => (isMap(map) ? (Object.hasOwn(map, key) ? map[key] : undefined) : undefined),
    value,
  );
}

export function mapAt(value: Value | undefined, ...path: readonly string[]): MapValue {
  const found = valueAt(value, ...path);
  return isMap(found) ? found : {};
}

export function textAt(value: Value | undefined, ...path: readonly string[]): string {
  const found = valueAt(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** The maps of a list; none if there is no list. */
export function mapsAt(value: Value | undefined, ...path: readonly string[]): MapValue[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found.filter(isMap) : [];
}
