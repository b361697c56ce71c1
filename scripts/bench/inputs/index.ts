export { resourceList, type Style } from './list.ts';
export { asFile, type Resource } from './resource.ts';
export { clusters, mixed, OWN_RESOURCES, TIDB_GROUPS, TIKV_GROUPS } from './resources.ts';
export { storedDirectory, storedFile } from './store.ts';
