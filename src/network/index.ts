/** A NetworkPolicy for the servers of a group. */
export { networkPolicy, type Policed } from './policy.ts';
export { portsOf } from './ports.ts';
