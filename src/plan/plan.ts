import type { ComponentName } from '../api/index.ts';
import type { Engine } from '../gitops/index.ts';
import type { Value } from '../yaml/index.ts';
import type { ConfigChange } from './config-changes.ts';
import type { DangerCode } from './dangers.ts';
import type { FieldChange } from './fields.ts';
import type { Effect } from './updates.ts';
import type { VolumeChange } from './volumes.ts';
import type { ResourceName } from './workload.ts';

/**
 * What happens to a workload; several may apply at once. `refused`: Kubernetes rejects it; `handed-over`: TiDB Operator
 * makes it now and did not before, or the other way round.
 */
export type Verdict =
  | 'created'
  | 'deleted'
  | 'refused'
  | 'handed-over'
  | 'restarted'
  | 'stopped'
  | 'scaled'
  | 'changed-in-place'
  | 'unchanged';

/** A changed field, and its effect on a workload. */
export interface ChangedField {
  /**
   * The resource that it was changed in, such as `TiKVGroup db/hot`; another than the workload's own where inherited.
   */
  readonly of: string;
  /** The way to the field, such as `spec.env[MODE].value`. */
  readonly field: string;
  readonly old?: Value;
  readonly new?: Value;
  readonly effect: Effect;
}

/** What happens to the servers of a group, or of a component of a TidbCluster. */
export interface WorkloadChange {
  /** `TiKVGroup db/hot`, or `TidbCluster db/basic: pd`. */
  readonly workload: string;
  readonly owner: ResourceName;
  readonly component: ComponentName;
  /** Address of the TidbCluster, such as `db/basic`; empty if the resources do not tell. */
  readonly cluster: string;
  readonly statefulSet: string;
  /** Who carries the change out. */
  readonly runner: 'Kubernetes' | 'TiDB Operator';
  /** The most important first. */
  readonly verdicts: readonly Verdict[];
  /** Absent if a side has no such workload, or leaves the number to an autoscaler. */
  readonly replicas: { readonly old?: number; readonly new?: number };
  /** What was changed; of a workload whose sources are not known, the fields of its pod template. */
  readonly fields: readonly ChangedField[];
  readonly volumes: readonly VolumeChange[];
  readonly config: readonly ConfigChange[];
  /** What else a reader should know, one sentence each. */
  readonly notes: readonly string[];
}

/** A change that may lose data or service, or that cannot be applied. */
export interface Danger {
  readonly code: DangerCode;
  /** Address of the TidbCluster. */
  readonly cluster: string;
  /** The workloads that it is about. */
  readonly workloads: readonly string[];
  /** What would happen. */
  readonly message: string;
  /** What to do instead, step by step. */
  readonly instead: readonly string[];
  /** At most so many bytes of data would move between stores. */
  readonly movesBytes?: number;
  /** What the annotation `groups.pingcap.com/confirm` must contain to confirm the danger. */
  readonly confirm: string;
  /** The resource to annotate, such as `TiKVGroup db/hot`; empty if none of it is left. */
  readonly confirmIn: string;
  readonly confirmed: boolean;
}

/** Pods that restart one after another. */
export interface Roll {
  readonly workload: string;
  readonly component: ComponentName;
  readonly runner: 'Kubernetes' | 'TiDB Operator';
  /** How many they are. */
  readonly count: number;
  /** In the order in which they restart; of more than 1,000 the first 999 and the last. */
  readonly pods: readonly string[];
  /** Whether they wait until somebody deletes them. */
  readonly byHand: boolean;
}

/** Rolls that run at the same time; within one lane they follow each other. */
export interface RestartStep {
  readonly lanes: readonly (readonly Roll[])[];
}

/** What happens to a resource: applied to the old resources, all changes give the new ones. */
export interface ResourceChange {
  readonly resource: ResourceName;
  /** `left` is no longer rendered, like `deleted`, but its annotations tell engines to leave it in the cluster. */
  readonly verdict: 'created' | 'deleted' | 'left' | 'changed';
  /** The engines that leave it in the cluster; others delete it. */
  readonly leftBy?: readonly Engine[];
  /** The whole resource, where it is created. */
  readonly object?: Value;
  /** The fields that change. */
  readonly fields: readonly FieldChange[];
}

/** How many workloads have a verdict; a workload counts for each of its own. */
export type Counts = Readonly<Record<Verdict, number>>;

/** What applying the new resources over the old ones would do. */
export interface Plan {
  /** The most important verdict: nothing, changes, or dangerous changes. */
  readonly verdict: 'unchanged' | 'changed' | 'dangerous';
  readonly counts: Counts;
  readonly dangers: readonly Danger[];
  readonly workloads: readonly WorkloadChange[];
  /** Fields of TidbClusters outside their components that no workload's own list has. */
  readonly clusterFields: readonly ChangedField[];
  /** One after another. */
  readonly restarts: readonly RestartStep[];
  readonly resources: readonly ResourceChange[];
}
