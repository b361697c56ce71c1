/** A NetworkPolicy for the servers of a group. */
export { policyOf } from './of-group.ts';
export { networkPolicy } from './policy.ts';
