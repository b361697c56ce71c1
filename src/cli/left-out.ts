import type { LeftOut } from '../ignore/index.ts';

/** So many files are named of those that are left out for one reason. */
const MOST = 5;

/** Says which files are left out and why: a line for each reason. */
export function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { path, why } of leftOut) byReason.set(why, [...(byReason.get(why) ?? []), path]);
  return [...byReason].map(([why, paths]) => {
    const named = paths.slice(0, MOST).map((path) => `"${path}"`);
    const more = paths.length > MOST ? ` and ${paths.length - MOST} more` : '';
    return `note: left out: ${named.join(', ')}${more}, because ${why}`;
  });
}
