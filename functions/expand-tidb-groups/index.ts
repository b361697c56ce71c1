/** The function: the KptFunc to compose, and the function on bytes. */
export { ExpandError, expandTidbGroups } from './kpt-func.ts';
export { type Run, run } from './run.ts';
