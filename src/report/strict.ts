import type { Problem } from '../problem/index.ts';

/** The problems as they count: where the user is strict, warnings are errors. */
export function asCounted(problems: readonly Problem[], strict: boolean): readonly Problem[] {
  if (!strict) return problems;
  return problems.map((problem) =>
    problem.severity === 'warning' ? { ...problem, severity: 'error' } : problem,
  );
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
