/** Which TidbCluster a group means. */
export { ClusterResolver } from './cluster.ts';
