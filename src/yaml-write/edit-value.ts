import type { Path } from '../problem/index.ts';
import { isMap, type MapValue, setOwn, type Value } from '../yaml/index.ts';
import type { Edit } from './edit.ts';

/** The edits on a value, for where text cannot be edited. */
export function editedValue(object: MapValue, edits: readonly Edit[]): MapValue {
  return edits.reduce((result, edit) => editMap(result, edit.path, edit), object);
}

function editMap(map: MapValue, [step, ...rest]: Path, edit: Edit): MapValue {
  const result: MapValue = {};
  for (const [key, value] of Object.entries(map)) setOwn(result, key, value);
  if (step === undefined) {
    for (const [key, value] of Object.entries(edit.set ?? {})) setOwn(result, key, value);
    for (const key of edit.remove ?? []) delete result[key];
    return result;
  }
  const key = String(step);
  const child = Object.hasOwn(result, key) ? result[key] : undefined;
  if (Array.isArray(child)) setOwn(result, key, editList(child, rest, edit));
  else if (isMap(child) || edit.set !== undefined) {
    const inner = editMap(isMap(child) ? child : {}, rest, edit);
    const isEmptied = edit.set === undefined && rest.length === 0 && isEmpty(inner) && !isEmpty(child);
    if (isEmptied) delete result[key];
    else setOwn(result, key, inner);
  }
  return result;
}

function isEmpty(value: Value | undefined): boolean {
  return value !== undefined && isMap(value) && Object.keys(value).length === 0;
}

function editList(list: readonly Value[], [step, ...rest]: Path, edit: Edit): Value[] {
  if (step === undefined) {
    return [...list.filter((_, index) => !edit.drop?.includes(index)), ...(edit.append ?? [])];
  }
  return list.map((item, index) => (index === step ? editItem(item, rest, edit) : item));
}

function editItem(item: Value, path: Path, edit: Edit): Value {
  if (Array.isArray(item)) return editList(item, path, edit);
  return isMap(item) ? editMap(item, path, edit) : item;
}
