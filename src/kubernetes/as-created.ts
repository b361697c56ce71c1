import { type Amount, canonicalQuantity, storedAmount } from '../api/index.ts';
import { Float, isMap, type MapValue, setOwn, type Value } from '../yaml/index.ts';
import { BESIDE, settled } from './beside.ts';
import { type Field, fieldsOf } from './types.ts';

const KINDS: { readonly [kind: string]: RegExp } = {
  ConfigMap: /^v1$/,
  Job: /^batch\//,
  PersistentVolumeClaim: /^v1$/,
  PodDisruptionBudget: /^policy\//,
  Service: /^v1$/,
  StatefulSet: /^apps\//,
};

/** How amounts are written; those of resources have no more than thousandths. */
export type WriteAmount = (amount: Amount, ofResource: boolean) => string;

const AS_STORED: WriteAmount = (amount, ofResource) =>
  ofResource ? storedAmount(amount) : canonicalQuantity(amount);

/**
 * A resource as the API server stores it where it is not there yet: without what it drops, with all its defaults, and
 * amounts in its spelling. What it assigns, such as addresses and node ports, is in no file, and not here either. Of a
 * kind that is none of those in `fixtures/facts/kubernetes-fields.txt` it is the resource itself.
 */
export function asCreated(resource: MapValue, write = AS_STORED): MapValue {
  const kind = String(resource.kind);
  const isKnown = Object.hasOwn(KINDS, kind) && KINDS[kind]?.test(String(resource.apiVersion)) === true;
  if (!isKnown) return resource;
  const { status: _, ...written } = resource;
  return complete(kind, written, write);
}

/** A value of a type with fields as it is stored. What the type does not know stays as it is. */
export function complete(type: string, written: MapValue, write = AS_STORED): MapValue {
  const fields = fieldsOf(type) ?? new Map<string, Field>();
  const stored: MapValue = {};
  for (const [name, value] of Object.entries(written)) {
    const field = fields.get(name);
    const kept = field === undefined ? value : storedValue(field, field.around, value, write);
    if (kept !== undefined && kept !== null) setOwn(stored, name, kept);
  }
  const whole = { ...stored };
  for (const [name, field] of fields) {
    if (Object.hasOwn(stored, name)) continue;
    const key = `${type}.${name}`;
    const value = Object.hasOwn(BESIDE, key) ? BESIDE[key]?.(stored) : field.default;
    if (value !== undefined) whole[name] = storedValue(field, field.around, value, write) ?? value;
  }
  return settled(type, whole);
}

/** Undefined if it is dropped. */
function storedValue(
  field: Field,
  [outer, ...around]: Field['around'],
  value: Value,
  write: WriteAmount,
): Value | undefined {
  if (value === null) return undefined;
  if (outer === 'list' && Array.isArray(value)) {
    const items = value.flatMap((item) => storedValue(withEmpty(field), around, item, write) ?? []);
    return items.length === 0 && !field.isKept ? undefined : items;
  }
  if (outer === 'map' && isMap(value)) {
    const entries: MapValue = {};
    for (const [key, item] of Object.entries(value)) {
      const kept = storedValue(withEmpty(field), around, item, write);
      if (kept !== undefined) setOwn(entries, key, kept);
    }
    return Object.keys(entries).length === 0 && !field.isKept ? undefined : entries;
  }
  if (isMap(value)) return complete(field.type, value, write);
  if (field.type === 'quantity' && isAmount(value)) return write(value, field.around.includes('map'));
  return field.isKept || !isEmpty(value) ? value : undefined;
}

/** What is in a list or a map is stored, empty or not. */
function withEmpty(field: Field): Field {
  return field.isKept ? field : { ...field, isKept: true };
}

export function isAmount(value: Value | undefined): value is Amount {
  return ['string', 'number', 'bigint'].includes(typeof value) || value instanceof Float;
}

function isEmpty(value: Value): boolean {
  return value === '' || value === 0 || value === 0n || value === false;
}
