import { COMPARE_OPTIONS, SYNC_OPTIONS } from './keys.ts';

/** Annotations whose value is a list of options, such as `Prune=false,Delete=false`. */
const LISTS: readonly string[] = [SYNC_OPTIONS, COMPARE_OPTIONS];

/**
 * What an annotation says where somebody has written it and more is to be told. Of a list, the options that are there
 * count, and the others are added: an option of another purpose must not take a protection away.
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
