/** How many pods of a TidbCluster and its groups may be evicted at a time. */
export {
  type StoreBudget,
  type StoreCount,
  serverBudget,
  storeBudget,
  tolerated,
  toleratedStores,
} from './budget.ts';
export { isOver, podLabels } from './matches.ts';
export { MAX_REPLICAS, maxReplicasOf } from './max-replicas.ts';
