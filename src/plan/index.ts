/** Compares two renders: what restarts, what is refused, what is lost. */

export type { Takes } from '../components/online-keys.ts';
export { type ClusterObject, type GroupObject, nameOf } from './base.ts';
export { compare } from './compare.ts';
export { type ConfigChange, configChanges, flat } from './config-changes.ts';
export { confirmLines, tokensOf } from './confirm.ts';
export { DANGERS, type DangerCode } from './dangers.ts';
export { changedFields, type FieldChange, withChanges } from './fields.ts';
export type {
  ChangedField,
  Counts,
  Danger,
  Plan,
  ResourceChange,
  RestartStep,
  Roll,
  Verdict,
  WorkloadChange,
} from './plan.ts';
export { renderedWorkload } from './rendered.ts';
export { resourcesOf } from './resources.ts';
export {
  type GroupSource,
  type GroupState,
  type Snapshot,
  type SourcedWorkload,
  sourcedWorkloads,
} from './snapshot.ts';
export {
  sizeText,
  storageOf,
  type VolumeChange,
  type VolumeState,
  type VolumeVerdict,
  volumeChanges,
} from './volumes.ts';
export {
  addressOf,
  type Claim,
  hasQuorum,
  hasRegions,
  imageOf,
  keyOf,
  type ResourceName,
  titleOf,
  type Workload,
  workloadTitle,
} from './workload.ts';
