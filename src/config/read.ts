import { isMap, type Value } from '../yaml/index.ts';
import { checkTable, checkWritable } from './check.ts';
import type { ConfigName } from './known-keys.ts';
import { readMap } from './map.ts';
import { readOperatorToml, type Stop } from './operator-toml/index.ts';
import type { ConfigProblem, ReportConfig } from './report.ts';
import type { ConfigTable } from './table.ts';
import { excerpt, readToml } from './toml.ts';

/**
 * Who reads a config: TiDB Operator reads that of a TidbCluster and writes a ConfigMap; the server reads that of a
 * group, for which this project writes one.
 */
export type Reader = 'operator' | 'server';

/**
 * Reads the config of a component, be it TOML text or a YAML map; none at all counts as empty. After a problem the table
 * holds what could be read, and is not to be rendered.
 */
export function readConfig(
  name: ConfigName,
  config: Value | undefined,
  reader: Reader,
  report: ReportConfig,
): ConfigTable {
  if (reader === 'operator' && typeof config === 'string') return readForOperator(config, report);
  const table = read(name, config ?? {}, reader, report);
  checkTable(table, report);
  if (reader === 'operator') checkWritable(table, report);
  return table;
}

function read(
  name: ConfigName,
  config: Exclude<Value, null>,
  reader: Reader,
  report: ReportConfig,
): ConfigTable {
  if (typeof config === 'string') return readToml(config, report);
  if (isMap(config)) return readMap(name, config, reader, report);
  const kind = Array.isArray(config) ? 'a list' : `"${config}"`;
  const predicate = `must be a map or TOML text, not ${kind}; write it as a map of keys`;
  report({ code: 'config-value', path: [], predicate });
  return new Map();
}

/** Text that is TOML, but newer than the operator's, still says something: written again the operator can read it. */
function readForOperator(text: string, report: ReportConfig): ConfigTable {
  let stop: Stop | undefined;
  const own = readOperatorToml(text, (where) => {
    stop = where;
  });
  let isSound = true;
  const reportUnsound: ReportConfig = (problem) => {
    isSound = false;
    report(problem);
  };
  const table = own ?? readToml(text, reportUnsound);
  checkTable(table, reportUnsound);
  checkWritable(table, reportUnsound);
  if (stop !== undefined && isSound) report(versionProblem(text, stop));
  return table;
}

function versionProblem(text: string, { reason, line, column }: Stop): ConfigProblem {
  const predicate = `must be TOML 0.4, which is all that TiDB Operator reads, but line ${line}, column ${column}, "${excerpt(text, line)}", ${reason}; while any TidbCluster has such a text the operator reads none of them; write tables under \`[headings]\`, and plain decimal numbers`;
  return { code: 'config-toml-version', path: [], predicate, line, column };
}
