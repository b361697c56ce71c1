/** The function as a library: the KptFunc to compose, and the function on bytes. */
export { CONFIG_API_VERSION, CONFIG_KIND } from './config.ts';
export { ExpandError, expandTidbGroups } from './kpt-func.ts';
export { type Run, run } from './run.ts';
