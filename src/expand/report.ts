import type { ReportConfig } from '../config/index.ts';
import type { Code, Path } from '../problem/index.ts';

/** Adds a problem about a field of the group. */
export type Report = (code: Code, path: Path, message: string) => void;

/** Reports what is wrong inside `spec.config`; of a TOML text only the whole can be pointed to. */
export function reportConfig(config: unknown, report: Report): ReportConfig {
  return ({ code, path, message, line }) => {
    const text = typeof config === 'string';
    const where = line === undefined ? '' : ` (line ${line} of the text)`;
    report(code, ['spec', 'config', ...(text ? [] : path)], `${message}${where}`);
  };
}
