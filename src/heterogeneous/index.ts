/** A group as the heterogeneous TidbCluster that TiDB Operator understands, and back. Loaded on demand. */
export {
  type AdoptedGroup,
  groupOf,
  isCarried,
  LAST_APPLIED,
  type LostField,
  lostFields,
  SERVER_FIELDS,
} from './group.ts';
export { groupText } from './group-text.ts';
export { type GroupsOfName, tidbClusterOf } from './tidb-cluster.ts';
export { workloadsOf } from './workloads.ts';
