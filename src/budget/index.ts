/** How many pods of a TidbCluster and its groups may be evicted at a time. */
export { type StoreBudget, type StoreCount, serverBudget, storeBudget, toleratedStores } from './budget.ts';
export { isOver, podLabels } from './matches.ts';
export { maxReplicasOf } from './max-replicas.ts';
