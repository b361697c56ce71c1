import { placed, type ReportConfig } from '../config/index.ts';
import { type Code, formatPath, type Message, type Part, type Path, type Spot } from '../problem/index.ts';
import { show } from '../text/index.ts';

/** Adds a problem about a field of the group, or about a spot in its text. */
export type Report = (code: Code, path: Path, message: Message, spot?: Spot, part?: Part) => void;

/** Reports what is wrong inside `spec.config`, or another field of the spec that is a config. */
export function reportConfig(config: unknown, report: Report, field: Path = ['config']): ReportConfig {
  return (problem) => {
    const { path, message, spot, part } = placed(['spec', ...field], config, problem);
    report(problem.code, path, message, spot, part);
  };
}

/** Reports a text that is one word to the server here, and that TiDB Operator's start script leaves to its shell. */
export function reportQuoted(text: string, path: Path, report: Report): void {
  const message = `\`${formatPath(path)}\`, ${show(text)}, is passed unchanged, as one word: in TiDB Operator's start script the shell would split it or run parts of it; write it without special characters of the shell`;
  report('argument-quoted', path, message);
}
