/** What Argo CD, Flux and kpt are told of what groups come to: the order, and what to leave alone. */
export { isAutoscaler } from './autoscaled.ts';
export { delivered } from './deliver.ts';
export type { Delivery } from './delivery.ts';
export { checkInstanceLabels } from './instance-label.ts';
export { LOCAL_CONFIG, SYNC_WAVE } from './keys.ts';
export { expandForEngines, isStopped } from './suspended.ts';
