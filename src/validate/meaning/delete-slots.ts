import type { Annotations } from '../../api/index.ts';
import { COMPONENTS, type Component } from '../../components/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';

const KEYS = COMPONENTS.filter(({ hasDeleteSlots }) => hasDeleteSlots).map(deleteSlotsOf);

/** The annotation of a component that says which pods of its set are left out. */
export function deleteSlotsOf({ name }: Component): string {
  return `${name}.tidb.pingcap.com/delete-slots`;
}

/** The annotations that say which pods of a set are left out. */
export function checkDeleteSlots(annotations: Annotations | undefined, at: Field): void {
  for (const key of KEYS) {
    const slots = annotations && Object.hasOwn(annotations, key) ? (annotations[key] ?? '[]') : '[]';
    if (isIntegers(slots)) continue;
    const numbers = slots.match(/\d+/g) ?? ['1', '2'];
    const message = `must be a list of integers in JSON, but ${show(slots)} is not; write "[${numbers.join(', ')}]"`;
    at.to(key).add('delete-slots', message);
  }
}

export function isIntegers(text: string): boolean {
  if (!/^\s*\[[-\d\s,]*\]\s*$/.test(text)) return false;
  try {
    const slots: number[] = JSON.parse(text);
    return slots.every((slot) => Number.isInteger(slot) && Math.abs(slot) < 2 ** 31);
  } catch {
    return false;
  }
}
