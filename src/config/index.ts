/** A component's config: TOML text or a YAML map in, the one text that TiDB Operator would write out. */
export { canonical } from './canonical.ts';
export { clusterConfig, clusterConfigOfGroup, readPlace } from './cluster.ts';
export { type Injected, inject, setDefault } from './inject.ts';
export type { ConfigName } from './known-keys.ts';
export { maySet } from './may-set.ts';
export type { ConfigPart, ConfigPlace } from './part.ts';
export { reportAt, spotOf, writtenIn } from './place.ts';
export { type Reader, readConfig } from './read.ts';
export type { ConfigProblem, ReportConfig } from './report.ts';
export { ConfigDate, type ConfigTable, type ConfigValue, getKey, integerOf, setKey } from './table.ts';
