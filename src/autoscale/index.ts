/** What sets the number of servers by their load. */
export { autoscalerOf } from './autoscaler.ts';
