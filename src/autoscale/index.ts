/** What sets the number of servers by their load. */
export { autoscaler, type Scaled } from './autoscaler.ts';
