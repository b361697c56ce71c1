import { COMPARE_OPTIONS, SYNC_OPTIONS } from './keys.ts';

/** Annotations whose value is a list of options, such as `Prune=false,Delete=false`. */
const LISTS: readonly string[] = [SYNC_OPTIONS, COMPARE_OPTIONS];

/**
 * The value of an annotation that a user has written and that needs more. In a list, existing options stay and the
 * others are added: an unrelated option must not remove a protection.
 */
export function together(key: string, written: string | undefined, told: string): string {
  if (written === undefined) return told;
  if (!LISTS.includes(key)) return written;
  const there = written.split(',').map(nameOf);
  const added = told.split(',').filter((option) => !there.includes(nameOf(option)));
  return [...(written.trim() === '' ? [] : [written]), ...added].join(',');
}

function nameOf(option: string): string {
  const [name = ''] = option.split('=');
  return name.trim();
}
