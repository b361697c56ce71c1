import type { GroupComponent } from '../components/index.ts';
import { allBy } from '../lookup/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { type ClusterObject, clusterWorkloads, type GroupObject, hasWave, nameOf } from './base.ts';
import { renderedWorkload } from './rendered.ts';
import { addressOf, keyOf, type ResourceName, type Workload } from './workload.ts';

/** What a group is rendered from. */
export interface GroupSource {
  readonly group: GroupObject;
  readonly cluster: ClusterObject;
  /** The group that somebody wrote, where this one stands for one of its zones. */
  readonly written?: ResourceName;
  /** The name of that zone. */
  readonly zone?: string;
}

/** A group on one side of a comparison. */
export interface GroupState {
  readonly owner: ResourceName;
  readonly component: GroupComponent;
  /** Address of its TidbCluster; '' if the resources do not tell. */
  readonly cluster: string;
  /** What it was rendered into. */
  readonly resources: readonly MapValue[];
  /** What runs: the same, or what TiDB Operator makes of the TidbCluster that it was rendered into. */
  readonly workloads: readonly MapValue[];
  readonly runner: Workload['runner'];
  /** Whether the operator replaces volumes whose templates change. */
  readonly replacesVolumes: boolean;
  /** Undefined if only what was rendered is there. */
  readonly source?: GroupSource;
  /** Whether the side held it rendered already. */
  readonly wasRendered: boolean;
}

/** One side of a comparison. */
export interface Snapshot {
  /**
   * Whether the engine is known to wait for each sync wave. Otherwise only waves that people have written count,
   * because every render has some; where they have, those that are rendered beside do, too.
   */
  readonly isOrdered?: boolean;
  /** Whether it has a Kptfile, a function config, or something else besides groups that no render writes. */
  readonly hasFilesForTools?: boolean;
  readonly clusters: readonly ClusterObject[];
  readonly groups: readonly GroupState[];
  /** What was rendered for the servers of TidbClusters themselves. */
  readonly ofClusters?: readonly MapValue[];
}

/** A workload with whatever is known of where it comes from. */
export interface SourcedWorkload {
  readonly workload: Workload;
  /** What was rendered, and the workloads in it. */
  readonly resources: readonly MapValue[];
  readonly workloads: readonly MapValue[];
  readonly group?: GroupObject;
  readonly cluster?: ClusterObject;
  /** The group that somebody wrote, where that is another one. */
  readonly written?: ResourceName;
}

/** Whether somebody has written a wave, on a group or its TidbCluster: then an engine waits for those that are rendered, too. */
function isWaveWritten({ source }: GroupState): boolean {
  return source !== undefined && [source.group, source.cluster].some(hasWave);
}

/** The workloads of a side by their keys: those of a TidbCluster, then those of its groups. */
export function sourcedWorkloads({
  clusters,
  groups,
  isOrdered = false,
}: Snapshot): Map<string, SourcedWorkload> {
  const members = new Map<string, SourcedWorkload>();
  const ordered = new Set(groups.filter(isWaveWritten).map(({ cluster }) => cluster));
  const all = groups.map((group): SourcedWorkload => {
    const { resources, workloads, source } = group;
    const workload = renderedWorkload(group);
    const wave = isOrdered || ordered.has(group.cluster) ? workload.wave : 0;
    return { workload: { ...workload, wave }, resources, workloads, ...source };
  });
  const left = new Set(all);
  const byCluster = allBy(all, ({ workload }) => [workload.cluster]);
  for (const cluster of clusters) {
    for (const workload of clusterWorkloads(cluster)) {
      members.set(keyOf(workload), { workload, resources: [], workloads: [], cluster });
    }
    const address = addressOf(nameOf(cluster));
    for (const member of byCluster.get(address) ?? []) if (left.has(member)) add(member);
  }
  for (const member of left) add(member);
  return members;

  function add(member: SourcedWorkload): void {
    left.delete(member);
    members.set(keyOf(member.workload), member);
  }
}
