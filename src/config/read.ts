import { isMap, type Value } from '../list/index.ts';
import { checkTable } from './check.ts';
import { readMap } from './map.ts';
import type { ReportConfig } from './report.ts';
import type { ConfigTable } from './table.ts';
import { readToml } from './toml.ts';

/**
 * Reads the `config` of a component (`pd`, `tikv`, `tidb`, …), be it TOML text or a YAML map; none at all counts as
 * empty. After a problem the table holds what could be read, and is not to be rendered.
 */
export function readConfig(component: string, config: Value | undefined, report: ReportConfig): ConfigTable {
  const table = read(component, config ?? {}, report);
  checkTable(table, report);
  return table;
}

function read(component: string, config: Exclude<Value, null>, report: ReportConfig): ConfigTable {
  if (typeof config === 'string') return readToml(config, report);
  if (isMap(config)) return readMap(component, config, report);
  const kind = Array.isArray(config) ? 'a list' : `"${config}"`;
  const message = `the config must be a map or TOML text, not ${kind}; write it as a map of keys`;
  report({ code: 'config-value', path: [], message });
  return new Map();
}
