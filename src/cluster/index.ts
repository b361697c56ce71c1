/** What changes in a TidbCluster. */
export { groupAnnotations } from './annotations.ts';
