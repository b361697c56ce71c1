import { isMap, type MapValue, sameValue, setOwn, type Value } from '../list/index.ts';
import type { Path } from '../problem/index.ts';

/** A field that is not the same on both sides. What a side lacks is undefined there. */
export interface FieldChange {
  readonly path: Path;
  /** The path for people, with list items by their names: `containers[tikv].image`. */
  readonly field: string;
  readonly old?: Value;
  readonly new?: Value;
}

/**
 * The smallest fields in which two values differ. Lists are compared item by item where both have items of the same
 * names in the same order; else the list is one field.
 */
export function changedFields(old: Value | undefined, now: Value | undefined): FieldChange[] {
  const changes: FieldChange[] = [];
  collect(changes, [], '', old, now);
  return changes;
}

function collect(
  changes: FieldChange[],
  path: Path,
  field: string,
  old: Value | undefined,
  now: Value | undefined,
): void {
  if (sameValue(old, now)) return;
  if (isMap(old) && isMap(now)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
      collect(changes, [...path, key], field + keyText(key, field), ownOf(old, key), ownOf(now, key));
    }
    return;
  }
  if (Array.isArray(old) && Array.isArray(now) && haveTheSameNames(old, now)) {
    old.forEach((item, index) => {
      const label = `${field}[${String(nameOf(item)).replaceAll(']', '\\]')}]`;
      collect(changes, [...path, index], label, item, now[index]);
    });
    return;
  }
  changes.push({ path, field, ...(old !== undefined && { old }), ...(now !== undefined && { new: now }) });
}

function keyText(key: string, before: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `[${JSON.stringify(key)}]`;
  return before === '' ? key : `.${key}`;
}

function haveTheSameNames(old: readonly Value[], now: readonly Value[]): boolean {
  return (
    old.length === now.length &&
    old.every((item, index) => nameOf(item) !== undefined && nameOf(item) === nameOf(now[index]))
  );
}

/** What tells the items of Kubernetes' lists apart. */
const IDENTITIES = ['name', 'mountPath', 'topologyKey'];

function nameOf(item: Value | undefined): string | undefined {
  if (!isMap(item)) return undefined;
  if (isMap(item.metadata)) return nameOf(item.metadata);
  const values = IDENTITIES.map((key) => ownOf(item, key));
  return values.find((value) => typeof value === 'string');
}

function ownOf(map: MapValue, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The value with the changes made. */
export function withChanges<T extends Value>(value: T, changes: readonly FieldChange[]): T {
  return changes.reduce<Value>((result, change) => put(result, change.path, change.new), value) as T;
}

/** The value with the changes taken back. */
export function withoutChanges<T extends Value>(value: T, changes: readonly FieldChange[]): T {
  return changes.reduce<Value>((result, change) => put(result, change.path, change.old), value) as T;
}

function put(parent: Value, [step, ...rest]: Path, value: Value | undefined): Value {
  if (step === undefined) return value ?? null;
  if (Array.isArray(parent)) {
    return parent.map((item, index) => (index === step ? put(item, rest, value) : item));
  }
  const key = String(step);
  const map: MapValue = {};
  const before = isMap(parent) ? parent : {};
  for (const [name, item] of Object.entries(before)) setOwn(map, name, item);
  if (rest.length === 0 && value === undefined) Reflect.deleteProperty(map, key);
  else setOwn(map, key, rest.length === 0 ? (value ?? null) : put(ownOf(map, key) ?? {}, rest, value));
  return map;
}
