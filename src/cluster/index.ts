/** What changes in a TidbCluster, and in what watches it. */
export { groupAnnotations, groupsNamedBy } from './annotations.ts';
export { configEdits } from './configs.ts';
export { monitorEdits } from './monitor-edits.ts';
