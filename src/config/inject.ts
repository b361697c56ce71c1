import type { ReportConfig } from './report.ts';
import { type ConfigTable, type ConfigValue, getKey, setKey } from './table.ts';

/** Keys whose values this project sets, mostly because it mounts what they point to. */
export type Injected = Readonly<Record<string, string | boolean>>;

const MOUNTED = 'the file is mounted there';

/** Sets the keys as the operator does: a value of the user's is overwritten, which a warning says, and why. */
export function inject(table: ConfigTable, keys: Injected, report: ReportConfig, why = MOUNTED): void {
  for (const [path, value] of Object.entries(keys)) {
    const before = getKey(table, path);
    if (!place(table, path, value, report)) return;
    if (before === undefined || before === value) continue;
    const predicate = `is always ${JSON.stringify(value)} here, because ${why}; remove the key`;
    report({ code: 'config-overwritten', path: path.split('.'), predicate });
  }
}

/** Sets a key that is not there. */
export function setDefault(table: ConfigTable, path: string, value: ConfigValue, report: ReportConfig): void {
  if (getKey(table, path) === undefined) place(table, path, value, report);
}

/** Sets a key; false, and a problem, where a parent of it holds a value instead of a table. */
function place(table: ConfigTable, path: string, value: ConfigValue, report: ReportConfig): boolean {
  const obstacle = setKey(table, path, value);
  if (obstacle === undefined) return true;
  const predicate = `must be a table, because \`${path}\` is set in it; write its keys below it`;
  report({ code: 'config-value', path: obstacle.split('.'), predicate });
  return false;
}
