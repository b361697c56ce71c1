/** A component's config: TOML text or a YAML map in, the one text that TiDB Operator would write out. */
export { canonical } from './canonical.ts';
export { clusterConfig, clusterConfigOfGroup, clusterTable } from './cluster.ts';
export { FLAGS, type Flag } from './flags.ts';
export type { ConfigName } from './known-keys.ts';
export { type Placed, placed, spotOf } from './place.ts';
export { type ConfigPlace, configPlaces } from './places.ts';
export { type Reader, readConfig } from './read.ts';
export type { ConfigProblem, ReportConfig } from './report.ts';
export { ConfigDate, type ConfigTable, type ConfigValue, getKey, setKey } from './table.ts';
export { type TidbConfigOptions, tidbConfig } from './tidb.ts';
export { type TikvConfigOptions, tikvConfig } from './tikv.ts';
export { TOP_LEVEL } from './top-level.ts';
