import type { Place, Problem, Severity } from '../problem/index.ts';
import { placeOf } from './place.ts';

const RANK: { readonly [severity in Severity]: number } = { error: 0, warning: 1, info: 2 };

/** Errors first, because kpt shows only the first few; otherwise in the order of the input. */
export function mostImportantFirst(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

/** Problems with their places: errors first, and each severity as a reader goes through the files. */
export function inPlaces(
  problems: readonly Problem[],
): { readonly problem: Problem; readonly place: Place }[] {
  const files = new Map<string | undefined, number>();
  const placed = problems.map((problem) => {
    const place = placeOf(problem);
    if (!files.has(place.file)) files.set(place.file, files.size);
    return { problem, place };
  });
  return placed.sort(
    (a, b) =>
      RANK[a.problem.severity] - RANK[b.problem.severity] ||
      (files.get(a.place.file) ?? 0) - (files.get(b.place.file) ?? 0) ||
      (a.place.line ?? 0) - (b.place.line ?? 0) ||
      (a.place.column ?? 0) - (b.place.column ?? 0),
  );
}

/** Problems in the same order, for a command that finds one for each field. */
export function asRead(problems: readonly Problem[]): Problem[] {
  return inPlaces(problems).map(({ problem }) => problem);
}
