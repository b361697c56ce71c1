import { Float, isMap, setOwn, type Value } from '../../yaml/index.ts';

/** A value as JSON has it, which a validator of JSON Schema takes. */
export type Plain = null | boolean | string | number | Plain[] | { [key: string]: Plain };

export type PlainMap = { [key: string]: Plain };

/** A copy of a value in which every number is one of JavaScript: an integer beyond 2^53 is the nearest there is. */
export function plainOf(value: Value): Plain {
  if (value instanceof Float) return value.value;
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plainOf);
  if (!isMap(value)) return value;
  const copy: PlainMap = {};
  for (const [key, inner] of Object.entries(value)) setOwn(copy, key, plainOf(inner));
  return copy;
}

export function isPlainMap(value: Plain | undefined): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
