/** TidbClusters and groups as the resources of TiDB Operator v2. Loaded on demand. */
export { type Joining, toV2 } from './clusters.ts';
export { type Converted, V2 } from './documents.ts';
export { CLUSTER, INHERITED, OF_GROUPS } from './rules.ts';
