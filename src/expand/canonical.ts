import { type Amount, canonicalQuantity, fieldOf, type Rules, rulesOf, type Schema } from '../api/index.ts';
import { Float, isMap, type MapValue, type Value } from '../yaml/index.ts';
import { mapItems, mapValues } from './map-values.ts';

/** How values are written that mean the same in several ways. */
export interface Spelling {
  /** Of amounts of resources, such as those of `limits`. */
  readonly amount: (amount: Amount) => string;
  /** Adds to a map what belongs to it, by the field that it is in, or the list that it is in. */
  readonly complete?: (map: MapValue, field: string | undefined) => MapValue;
}

const AS_THE_OPERATOR: Spelling = { amount: canonicalQuantity };

/**
 * A value as Go programs write it back: quantities in canonical form, and no empty values. Empty is a null anywhere,
 * and in Kubernetes' own types also empty text, zero, false, and empty lists and maps, unless Kubernetes distinguishes
 * them from "not written". What the schema does not know stays.
 */
function canonical(schema: Schema, value: Value, spelling: Spelling, field: string): Value {
  const rules = rulesOf(schema);
  if (Array.isArray(value)) {
    const items = rules.items ?? {};
    return mapItems(value, (item) => (item === null ? undefined : canonical(items, item, spelling, field)));
  }
  if (isMap(value)) return canonicalMap(rules, value, spelling, field);
  return isQuantity(rules) && isAmount(value) ? canonicalQuantity(value) : value;
}

export function canonicalMap(
  schema: Schema,
  map: MapValue,
  spelling: Spelling = AS_THE_OPERATOR,
  field?: string,
): MapValue {
  const rules = rulesOf(schema);
  const { additionalProperties } = rules;
  const others = typeof additionalProperties === 'object' ? additionalProperties : {};
  const isPlain = !holdsQuantities(rules);
  const written = mapValues(map, (value, key) => {
    // Most of what there is.
    if (isPlain && typeof value !== 'object' && value) return value;
    if (value === null) return undefined;
    const known = fieldOf(rules, key);
    if (known !== undefined) return canonicalField(known, value, spelling, key, isDropped(rules, key));
    if (isQuantity(others) && isAmount(value)) return spelling.amount(value);
    return canonical(others, value, spelling, key);
  });
  return spelling.complete?.(written, field) ?? written;
}

/** The value of a field that is not null; undefined if it is empty and then dropped. */
export function canonicalField(
  schema: Schema,
  value: Exclude<Value, null>,
  spelling: Spelling,
  field: string,
  isDropped: boolean,
): Value | undefined {
  const rules = rulesOf(schema);
  const inner = canonical(rules, value, spelling, field);
  return isDropped && isEmpty(inner, rules) ? undefined : inner;
}

function isDropped(type: Schema, field: string): boolean {
  return type['x-kubernetes'] === true && !type['x-kept-empty']?.includes(field);
}

/** A map with fields of its own is there even when none of them is written: `emptyDir: {}`. */
function isEmpty(value: Value, { fields, properties }: Rules): boolean {
  if (value instanceof Float) return value.value === 0;
  if (typeof value === 'object' && value !== null) {
    return fields === undefined && properties === undefined && Object.keys(value).length === 0;
  }
  return value === '' || value === 0 || value === false;
}

/** Text that is a quantity, as some of TiDB Operator's own fields are, is text to the operator. */
function isQuantity({ type, format }: Schema): boolean {
  return format === 'quantity' && Array.isArray(type);
}

/** Whether one of a type's own fields is, or may be, a quantity that no type of its own stands for. */
function holdsQuantities({ fields, properties, additionalProperties }: Rules): boolean {
  if (typeof additionalProperties === 'object' && isQuantity(additionalProperties)) return true;
  if (fields !== undefined) return fields.haveQuantities;
  return properties !== undefined && Object.values(properties).some(isQuantity);
}

function isAmount(value: Value): value is Amount {
  return ['string', 'number', 'bigint'].includes(typeof value) || value instanceof Float;
}
