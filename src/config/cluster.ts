import type { Value } from '../list/index.ts';
import { canonical } from './canonical.ts';
import { readConfig } from './read.ts';
import type { ReportConfig } from './report.ts';
import { setTidbDefaults } from './tidb.ts';

/**
 * The text of a component's `config` as TiDB Operator writes it back into the TidbCluster. Only for a config that is
 * there: the operator adds none.
 */
export function clusterConfig(component: string, config: Value, report: ReportConfig): string {
  const table = readConfig(component, config, report);
  if (component === 'tidb') setTidbDefaults(table, report);
  return canonical(table);
}
