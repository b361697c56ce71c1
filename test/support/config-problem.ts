import type { ConfigProblem, ReportConfig } from '../../src/config/index.ts';
import { formatPath } from '../../src/problem/index.ts';

/** A problem of a config as a sentence that names the field inside the config. */
export interface SaidProblem extends Omit<ConfigProblem, 'predicate' | 'isOfWhole'> {
  readonly message: string;
}

/** What a problem of a config says where the source of its value is unknown. */
export function predicateOf({ predicate }: ConfigProblem): string {
  return typeof predicate === 'string' ? predicate : predicate(undefined);
}

function said(whole: ConfigProblem): SaidProblem {
  const { predicate: _, isOfWhole, ...problem } = whole;
  const isWhole = isOfWhole || problem.path.length === 0;
  return {
    ...problem,
    message: `${isWhole ? 'the config' : `\`${formatPath(problem.path)}\``} ${predicateOf(whole)}`,
  };
}

/** The result of a run, and the problems that it reports. */
export function collect<T>(run: (report: ReportConfig) => T): { result: T; problems: SaidProblem[] } {
  const problems: SaidProblem[] = [];
  return { result: run((problem) => problems.push(said(problem))), problems };
}
