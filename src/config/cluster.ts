import type { Value } from '../list/index.ts';
import { canonical } from './canonical.ts';
import { checkWritable } from './check.ts';
import type { ConfigPart } from './part.ts';
import { readConfig } from './read.ts';
import type { ReportConfig } from './report.ts';
import type { ConfigTable } from './table.ts';

type Settled = Pick<ConfigPart, 'name' | 'setDefaults'>;

/**
 * The text of a component's `config` as TiDB Operator writes it back into the TidbCluster. Only for a config that is
 * there: the operator adds none.
 */
export function clusterConfig(part: Settled, config: Value, report: ReportConfig): string {
  return canonical(clusterTable(part, config, report));
}

/** The same before it is a text. */
export function clusterTable(part: Settled, config: Value, report: ReportConfig): ConfigTable {
  const table = readConfig(part.name, config, 'operator', report);
  part.setDefaults?.(table, report);
  return table;
}

/**
 * The same of a group that becomes a TidbCluster, which keeps the keys that the operator would drop. Reports only what the
 * operator cannot write: all else was said when workloads were made of the group.
 */
export function clusterConfigOfGroup(part: Settled, config: Value, report: ReportConfig): string {
  const table = readConfig(part.name, config, 'server', () => undefined);
  checkWritable(table, report);
  part.setDefaults?.(table, () => undefined);
  return canonical(table);
}
