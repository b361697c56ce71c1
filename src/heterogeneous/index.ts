/** A group as the heterogeneous TidbCluster that TiDB Operator understands, and back. Loaded on demand. */
export { COMPONENTS, type GroupsOfName, tidbClusterOf } from './tidb-cluster.ts';
export { type Component, workloadsOf } from './workloads.ts';
