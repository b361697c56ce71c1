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

/** How amounts are written; those of resources have at most thousandths. */
export type WriteAmount = (amount: Amount, ofResource: boolean) => string;

const AS_STORED: WriteAmount = (amount, ofResource) =>
  ofResource ? storedAmount(amount) : canonicalQuantity(amount);

/**
 * A resource as the API server stores it where it is not there yet: without what it drops, with all its defaults, and
 * amounts in its spelling. What it assigns, such as addresses and node ports, is in no file, and not here either. Of a
 * kind that is not one of those in `fixtures/facts/kubernetes-fields.txt` it is the resource itself.
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
  const fields = fieldsOf(type);
  const stored: MapValue = {};
  for (const [name, value] of Object.entries(written)) {
    const field = fields?.get(name);
    const kept = field === undefined ? value : storedValue(field, field.around, value, write);
    if (kept !== undefined && kept !== null) setOwn(stored, name, kept);
  }
  const whole = { ...stored };
  for (const { name, field, valueBeside } of filledIn(type)) {
    if (Object.hasOwn(stored, name)) continue;
    const value = valueBeside(stored);
    if (value !== undefined) whole[name] = storedValue(field, field.around, value, write) ?? value;
  }
  return settled(type, whole);
}

/** A field that has a value where nothing is written. */
interface FilledIn {
  readonly name: string;
  readonly field: Field;
  valueBeside(stored: MapValue): Value | undefined;
}

/** By type. Few of its fields are filled in, and a plan completes each resource many times. */
const FILLED_IN = new Map<string, readonly FilledIn[]>();

function filledIn(type: string): readonly FilledIn[] {
  const known = FILLED_IN.get(type);
  if (known !== undefined) return known;
  const found = [...(fieldsOf(type) ?? [])].flatMap(([name, field]): FilledIn[] => {
    const key = `${type}.${name}`;
    if (Object.hasOwn(BESIDE, key)) {
      return [{ name, field, valueBeside: (stored) => BESIDE[key]?.(stored) }];
    }
    return field.default === undefined ? [] : [{ name, field, valueBeside: () => field.default }];
  });
  FILLED_IN.set(type, found);
  return found;
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
    const inner = withEmpty(field);
    const items = value.flatMap((item) => storedValue(inner, around, item, write) ?? []);
    return items.length === 0 && !field.isKept ? undefined : items;
  }
  if (outer === 'map' && isMap(value)) {
    const inner = withEmpty(field);
    const entries: MapValue = {};
    for (const [key, item] of Object.entries(value)) {
      const kept = storedValue(inner, around, item, write);
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
