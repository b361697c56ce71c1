/** What a new directory starts with: a cluster, two groups, and what runs the function on them. */
export { FIRST_CLUSTER, FIRST_GROUPS } from './first.ts';
export { groupsFrom } from './groups-from.ts';
export { type Start, startingFiles, TOOLS, type Tool } from './starting-files.ts';
