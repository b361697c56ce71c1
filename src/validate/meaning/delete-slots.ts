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
    const instead = asList(slots) ?? `whole numbers up to ${MOST} in brackets, such as "[1, 2]"`;
    const message = `must be a list of integers in JSON, but ${show(slots)} is not; write ${instead}`;
    at.to(key).add('delete-slots', message);
  }
}

/** The same numbers as a list, where the text has nothing but integers that a list may have. */
function asList(text: string): string | undefined {
  const words = text.split(/[\s[\]"',;]+/).filter(Boolean);
  if (words.length === 0 || !words.every((word) => /^-?\d+$/.test(word))) return undefined;
  const list = `[${words.map(Number).join(', ')}]`;
  return isIntegers(list) ? `"${list}"` : undefined;
}

/** The largest number of a pod; the operator reads `int32`. */
const MOST = 2 ** 31 - 1;

export function isIntegers(text: string): boolean {
  if (!/^\s*\[[-\d\s,]*\]\s*$/.test(text)) return false;
  try {
    const slots: number[] = JSON.parse(text);
    return slots.every((slot) => Number.isInteger(slot) && Math.abs(slot) <= MOST);
  } catch {
    return false;
  }
}
