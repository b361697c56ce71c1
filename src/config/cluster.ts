import type { Value } from '../yaml/index.ts';
import { canonical } from './canonical.ts';
import { checkWritable } from './check.ts';
import type { ConfigPart, ConfigPlace } from './part.ts';
import { readConfig } from './read.ts';
import type { ConfigProblem, ReportConfig } from './report.ts';
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
function clusterTable(part: Settled, config: Value, report: ReportConfig): ConfigTable {
  const table = readConfig(part.name, config, 'operator', report);
  part.setDefaults?.(table, report);
  return table;
}

/** What TiDB Operator reads of a config where it stands, and what is wrong with it. */
interface Read {
  readonly table: ConfigTable;
  readonly problems: readonly ConfigProblem[];
}

const READ = new WeakMap<ConfigPlace, Read>();

/** The config at a place, which is read once, for checks and for edits. */
export function readPlace(place: ConfigPlace): Read {
  const known = READ.get(place);
  if (known !== undefined) return known;
  const problems: ConfigProblem[] = [];
  const table = clusterTable(place.part, place.config, (problem) => problems.push(problem));
  const read = { table, problems };
  READ.set(place, read);
  return read;
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
