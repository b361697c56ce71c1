import { isMap, type MapValue, type Value } from './value.ts';

/** The value at a path, as far as there is one. A step is the key of a map, or a place in a list. */
export function valueAt(value: Value | undefined, ...path: readonly (string | number)[]): Value | undefined {
  return path.reduce<Value | undefined>((part, step) => {
    if (typeof step === 'number') return Array.isArray(part) ? part[step] : undefined;
    return isMap(part) && Object.hasOwn(part, step) ? part[step] : undefined;
  }, value);
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
