import type { SchemaType } from '../../api/index.ts';
import { listed } from '../../text/index.ts';
import { Float, type Value } from '../../yaml/index.ts';

export { show } from '../../text/index.ts';

/** `a`, `b` and `c`: names of fields in a sentence. */
export function fieldNames(names: readonly string[]): string {
  return listed(
    names.map((name) => `\`${name}\``),
    'and',
  );
}

/** one of "a", "b" or "c": allowed values in a sentence. */
export function allowedValues(values: readonly string[]): string {
  const all = values.map((value) => JSON.stringify(value));
  return `${all.length > 2 ? 'one of ' : ''}${listed(all, 'or')}`;
}

export type ValueType = SchemaType | 'null';

/** What a value is; every integer is a number too. */
export function typeOf(value: Value): ValueType {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value !== 'object') return 'integer';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return value instanceof Float ? 'number' : 'object';
}

/** A scalar as text: of a string its own. */
export function scalarText(value: Value): string {
  return String(value);
}
