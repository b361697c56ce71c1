/** Annotations for Argo CD, Flux and kpt on the resources of groups: the order, and what never to delete. */
export {
  type Autoscaled,
  autoscaledSets,
  hasAutoscaler,
  isAutoscaler,
  withoutReplicas,
} from './autoscaled.ts';
export { checkAutoscalerTargets } from './autoscaler-targets.ts';
export { besideRunner } from './beside.ts';
export { delivered } from './deliver.ts';
export { type Delivery, runnerIn } from './delivery.ts';
export { isOfDrain, waitsForWaves } from './drain.ts';
export { checkInstanceLabels } from './instance-label.ts';
export { ENGINES, type Engine, keptBy } from './kept.ts';
export { FLUX_PRUNE, isEngineKey, SYNC_OPTIONS, SYNC_WAVE } from './keys.ts';
export { namesMadeOf } from './names-in-zones.ts';
export { protectionOf } from './protection.ts';
export { isOfServers, SCRAPE_CONFIG, useOfFiles } from './server-files.ts';
export { expandForEngines, isStopped } from './suspended.ts';
export { checkWaves, waveIn } from './wave.ts';
