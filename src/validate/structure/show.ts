import type { SchemaType } from '../../api/index.ts';
import { listed } from '../../text/index.ts';
import { Float, isMap, type Value } from '../../yaml/index.ts';

export { show } from '../../text/index.ts';

/** `a`, `b` and `c`: names of fields in a sentence. */
export function fieldNames(names: readonly string[]): string {
  return listed(
    names.map((name) => `\`${name}\``),
    'and',
  );
}

/** "a", "b" or "c": allowed values in a sentence. */
export function allowedValues(values: readonly string[]): string {
  return listed(
    values.map((value) => JSON.stringify(value)),
    'or',
  );
}

export type ValueType = SchemaType | 'null';

/** What a value is; every integer is a number too. */
export function typeOf(value: Value): ValueType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Float) return 'number';
  if (isMap(value)) return 'object';
  if (typeof value === 'number' || typeof value === 'bigint') return 'integer';
  return typeof value === 'string' ? 'string' : 'boolean';
}

/** A scalar as text: of a string its own. */
export function scalarText(value: Value): string {
  return String(value);
}
