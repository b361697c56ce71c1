import { fieldNamesOf, fieldOf, type Rules, type Schema } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import type { Value } from '../../yaml/index.ts';
import { flowValue } from '../../yaml-write/index.ts';
import { typeOf, type ValueType } from './show.ts';
import { BELOW_ONE, hasTwoConfigs } from './two-configs.ts';
import { isOfOperator, quote, textOf } from './written.ts';

const NAMES: { readonly [type in ValueType]: string } = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
  null: 'empty',
};

/** Whether the value is of a type that the schema takes; adds the problem where it is not. */
export function checkType(schema: Rules, value: Value, at: Field): boolean {
  const wanted = wantedBy(schema, at);
  const type = typeOf(value);
  if (wanted.length === 0 || takes(wanted, type)) return true;
  const allowed = wanted.map((name) => NAMES[name]).join(' or ');
  at.add(
    'field-type',
    `must be ${allowed}, but ${isInstead(value, type, at)}${advice(schema, value, type, at)}`,
  );
  return false;
}

/** What a field must be, as in a message. */
export function describeType(schema: Schema): string {
  return (
    typesOf(schema)
      .map((name) => NAMES[name])
      .join(' or ') || NAMES.object
  );
}

/** The operator's schema takes amounts that are integers or text, where Kubernetes' own types take any number. */
function wantedBy(schema: Schema, at: Field): readonly ValueType[] {
  const types = typesOf(schema);
  return isOfOperator(at) ? types.map((type) => (type === 'number' ? 'integer' : type)) : types;
}

function typesOf({ type }: Schema): readonly ValueType[] {
  if (type === undefined) return [];
  return Array.isArray(type) ? type : [type];
}

function takes(wanted: readonly ValueType[], type: ValueType): boolean {
  return wanted.includes(type) || (type === 'integer' && wanted.includes('number'));
}

function isInstead(value: Value, type: ValueType, at: Field): string {
  if (Array.isArray(value) && value.length === 0) return 'is an empty list';
  if (type === 'object' || type === 'array' || type === 'null') return `is ${NAMES[type]}`;
  return `${quote(value, at)} is ${type === 'boolean' ? 'a boolean' : NAMES[type]}`;
}

function advice(schema: Rules, value: Value, type: ValueType, at: Field): string {
  const wanted = wantedBy(schema, at);
  if (wanted.includes('string') && (type === 'boolean' || type === 'number' || type === 'integer')) {
    const unit = schema.format === 'duration' ? 's' : '';
    return `; put it in quotes: ${JSON.stringify(textOf(value, at) + unit)}`;
  }
  if (type === 'null') return '; give it a value or remove it';
  if (wanted.includes('array') && type === 'object') return '; begin each entry with a dash';
  if (wanted.includes('array') && type !== 'array') return `; write it as an entry: [${textOf(value, at)}]`;
  if (wanted.includes('object') && Array.isArray(value)) {
    if (value.length === 0) return '; write a map, or remove it';
    return at.style === 'flow' ? '; write braces in place of the brackets' : '; remove the dashes';
  }
  if (wanted.includes('object') && typeof value === 'string' && value !== '' && isNamed(schema)) {
    return `; write ${flowValue({ name: value })}`;
  }
  if (wanted.includes('object') && hasTwoConfigs(fieldNamesOf(schema))) return `; ${BELOW_ONE}`;
  if (type === 'string' && typeof value === 'string' && meansScalar(wanted, value)) {
    return `; write ${value.trim()} without ${at.style === 'tagged' ? 'its tag' : 'quotes'}`;
  }
  if (wanted.includes('integer') && type === 'number' && /\.0*$/.test(String(value))) {
    return `; write ${String(value).replace(/\.0*$/, '')}`;
  }
  return '';
}

/** Whether the map is one that is mostly its name: a reference. */
function isNamed(schema: Rules): boolean {
  return fieldOf(schema, 'name') !== undefined;
}

/** Whether the text would be valid without quotes. */
function meansScalar(wanted: readonly ValueType[], text: string): boolean {
  if (wanted.includes('boolean')) return /^(true|false)$/i.test(text.trim());
  return (wanted.includes('integer') || wanted.includes('number')) && /^[+-]?\d{1,18}$/.test(text.trim());
}
