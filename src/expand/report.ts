import { placed, type ReportConfig } from '../config/index.ts';
import type { Code, Path, Spot } from '../problem/index.ts';

/** Adds a problem about a field of the group, or about a spot in its text. */
export type Report = (code: Code, path: Path, message: string, spot?: Spot) => void;

/** Reports what is wrong inside `spec.config`. */
export function reportConfig(config: unknown, report: Report): ReportConfig {
  return (problem) => {
    const { path, message, spot } = placed(['spec', 'config'], config, problem);
    report(problem.code, path, message, spot);
  };
}
