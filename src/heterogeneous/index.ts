/** A group as the heterogeneous TidbCluster that TiDB Operator understands, and back. Loaded on demand. */
export { type AdoptedGroup, groupOf, isCarried, type LostField, lostFields } from './group.ts';
export { groupText } from './group-text.ts';
export { COMPONENTS, type GroupsOfName, tidbClusterOf } from './tidb-cluster.ts';
export { type Component, workloadsOf } from './workloads.ts';
