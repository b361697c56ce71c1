import type { ConfigProblem, ReportConfig } from '../../src/config/index.ts';
import { formatPath } from '../../src/problem/index.ts';

/** A problem of a config as a sentence that names the field inside the config. */
export interface SaidProblem extends Omit<ConfigProblem, 'predicate' | 'isOfWhole'> {
  readonly message: string;
}

function said({ predicate, isOfWhole, ...problem }: ConfigProblem): SaidProblem {
  const isWhole = isOfWhole || problem.path.length === 0;
  return {
    ...problem,
    message: `${isWhole ? 'the config' : `\`${formatPath(problem.path)}\``} ${predicate}`,
  };
}

/** The result of a run, and the problems that it reports. */
export function collect<T>(run: (report: ReportConfig) => T): { result: T; problems: SaidProblem[] } {
  const problems: SaidProblem[] = [];
  return { result: run((problem) => problems.push(said(problem))), problems };
}
