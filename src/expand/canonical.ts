import {
  type Amount,
  canonicalQuantity,
  definitionOf,
  fieldOf,
  type Rules,
  refName,
  type Schema,
} from '../api/index.ts';
import { Float, isMap, type MapValue, type Value } from '../yaml/index.ts';
import { mapItems, mapValues } from './map-values.ts';

/** How amounts of resources are written, such as those of `limits`. */
type WriteAmount = (amount: Amount) => string;

/**
 * A value as Go programs write it back: quantities in canonical form, and no empty values. Empty is a null anywhere,
 * and in Kubernetes' own types also empty text, zero, false, and empty lists and maps, unless Kubernetes distinguishes
 * them from "not written". What the schema does not know stays.
 */
function canonical(schema: Schema, value: Value, write: WriteAmount): Value {
  const rules = resolve(schema);
  if (Array.isArray(value)) {
    const items = rules.items ?? {};
    return mapItems(value, (item) => (item === null ? undefined : canonical(items, item, write)));
  }
  if (isMap(value)) return canonicalMap(rules, value, write);
  return isQuantity(rules) && isAmount(value) ? canonicalQuantity(value) : value;
}

export function canonicalMap(
  schema: Schema,
  map: MapValue,
  write: WriteAmount = canonicalQuantity,
): MapValue {
  const rules = resolve(schema);
  const { additionalProperties } = rules;
  const others = typeof additionalProperties === 'object' ? additionalProperties : {};
  const isPlain = !holdsQuantities(rules);
  return mapValues(map, (value, key) => {
    // Most of what there is.
    if (isPlain && typeof value !== 'object' && value) return value;
    if (value === null) return undefined;
    const field = fieldOf(rules, key);
    if (field !== undefined) {
      const property = resolve(field);
      const inner = canonical(property, value, write);
      return isDropped(rules, key) && isEmpty(inner, property) ? undefined : inner;
    }
    return isQuantity(others) && isAmount(value) ? write(value) : canonical(others, value, write);
  });
}

function resolve(schema: Schema): Rules {
  return schema.$ref === undefined ? schema : (definitionOf(refName(schema.$ref)) ?? {});
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

const QUANTITY = '"format":"quantity"';

/** This is computed once per type. */
const HOLDERS = new WeakMap<Rules, boolean>();

/** Whether one of a type's own fields is, or may be, a quantity that no type of its own stands for. */
function holdsQuantities(type: Rules): boolean {
  const known = HOLDERS.get(type);
  if (known !== undefined) return known;
  const { fields, properties = {}, additionalProperties = {} } = type;
  const holds =
    fields?.mentions(QUANTITY) ||
    Object.values(properties).some(isQuantity) ||
    (typeof additionalProperties === 'object' && isQuantity(additionalProperties));
  HOLDERS.set(type, holds);
  return holds;
}

function isAmount(value: Value): value is Amount {
  return ['string', 'number', 'bigint'].includes(typeof value) || value instanceof Float;
}
