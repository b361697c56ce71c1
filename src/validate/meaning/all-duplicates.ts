import { type Code, type Origin, type Path, type Problem, Problems } from '../../problem/index.ts';
import { checkDuplicates } from './duplicates.ts';

/** A resource, and which keys it holds twice. */
interface WithKeys extends Origin {
  duplicateKeys(): Path[];
}

/**
 * Reports duplicate keys anywhere in any resource, except those already reported. A render reads only a few resources
 * in full, because reading all of them takes time.
 */
export function checkAllDuplicates(items: readonly WithKeys[], problems: Problems): void {
  const known = new Set(problems.all.filter(({ code }) => CODES.includes(code)).map(keyOf));
  const found = new Problems();
  for (const item of items) checkDuplicates(item, item.duplicateKeys(), found);
  for (const problem of found.all) if (!known.has(keyOf(problem))) problems.push(problem);
}

const CODES: readonly Code[] = ['duplicate-key', 'separator-missing'];

/** The same for two problems about one key. */
function keyOf({ origin, path = [], part = 'value' }: Problem): string {
  const { file, index, line, column } = origin?.locate(path, part) ?? {};
  return JSON.stringify([origin?.id, path, file, index, line, column]);
}
