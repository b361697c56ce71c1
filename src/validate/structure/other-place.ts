import { definitionOf, fieldOf, rulesOf } from '../../api/index.ts';
import { type Field, formatPath } from '../../problem/index.ts';

/** Where a field is known that somebody has written too deep: in a map around the one that it stands in, outside of lists. */
export function otherPlace(name: string, at: Field): string | undefined {
  const { path } = at;
  let rules = definitionOf(at.kind);
  let found: string | undefined;
  // The last two steps are the map that does not know it, and itself.
  for (const [index, step] of path.slice(0, -2).entries()) {
    const field = rules && fieldOf(rules, String(step));
    if (field === undefined) return found;
    rules = rulesOf(field);
    if (fieldOf(rules, name) !== undefined) found = formatPath([...path.slice(0, index + 1), name]);
  }
  return found;
}
