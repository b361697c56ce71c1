import type { Engine } from '../gitops/index.ts';
import { isMap, type Value } from '../yaml/index.ts';
import type { ClusterObject } from './base.ts';
import type { DangerCode } from './dangers.ts';
import type { RestartStep, WorkloadChange } from './plan.ts';
import type { SourcedWorkload } from './snapshot.ts';
import type { Workload } from './workload.ts';

/** A workload on both sides, and what becomes of it. */
export interface Compared {
  readonly old?: SourcedWorkload;
  readonly now?: SourcedWorkload;
  readonly change: WorkloadChange;
}

/** A group that was removed and one that was added in its place, under another name. */
export interface Rename {
  readonly old: Workload;
  readonly now: Workload;
  /** The engines that leave the old one running. */
  readonly keepers: readonly Engine[];
}

/** The two sides of one TidbCluster with all that belongs to it. */
export interface ClusterSides {
  /** Its address, such as `db/basic`. */
  readonly cluster: string;
  readonly old?: ClusterObject;
  readonly now?: ClusterObject;
  readonly compared: readonly Compared[];
  readonly renames: readonly Rename[];
  /** The titles of all resources that there will be. */
  readonly titles: ReadonlySet<string>;
  readonly restarts: readonly RestartStep[];
  /** How many replicas of its data PD keeps. */
  readonly maxReplicas: number;
  /** The same as the old side has it. */
  readonly maxReplicasBefore: number;
}

/** A danger as a rule finds it. */
export interface Finding {
  readonly code: DangerCode;
  readonly workloads: readonly Workload[];
  readonly message: string;
  readonly instead: readonly string[];
  /**
   * What distinguishes this change from another with the same code: a confirmation holds for nothing else. Findings of
   * one cluster with the same code and facts are one danger.
   */
  readonly facts: readonly Value[];
  readonly movesBytes?: bigint;
}

export type Rule = (sides: ClusterSides) => Finding[];

/** The pairs of which both sides are there, by the cluster that they belong to now. */
export function changedPairs({
  compared,
  cluster,
}: ClusterSides): { old: Workload; now: Workload; change: WorkloadChange }[] {
  return compared.flatMap(({ old, now, change }) =>
    old === undefined || now?.workload.cluster !== cluster
      ? []
      : [{ old: old.workload, now: now.workload, change }],
  );
}

/** A text for a value that does not depend on the order of keys. */
export function textOfValue(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(textOfValue).join(',')}]`;
  if (!isMap(value)) return typeof value === 'string' ? JSON.stringify(value) : String(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${textOfValue(item)}`).join(',')}}`;
}
