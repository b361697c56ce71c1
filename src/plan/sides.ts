import { nameOf } from './base.ts';
import { compareWorkload } from './compare-workload.ts';
import { flat } from './config-changes.ts';
import type { ClusterSides, Compared } from './finding.ts';
import { allBy, firstBy } from './lookup.ts';
import type { RestartStep } from './plan.ts';
import { type Rolling, restartSteps } from './restarts.ts';
import { type Snapshot, type SourcedWorkload, sourcedWorkloads } from './snapshot.ts';
import { addressOf, hasQuorum } from './workload.ts';

/** Every workload of either side, in the order of the new one; what went comes last. */
export function comparedWorkloads(old: Snapshot, next: Snapshot): Compared[] {
  const before = sourcedWorkloads(old);
  const after = sourcedWorkloads(next);
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((key): Compared[] => {
    const now = after.get(key);
    const pair = { ...side('old', inSameCluster(before.get(key), now)), ...side('now', now) };
    const change = compareWorkload(pair);
    return change === undefined ? [] : [{ ...pair, change }];
  });
}

/** Where a side does not name the cluster, it is told by PD's address; the other side may know it by its name. */
function inSameCluster(
  old: SourcedWorkload | undefined,
  now: SourcedWorkload | undefined,
): SourcedWorkload | undefined {
  if (old === undefined || now === undefined) return old;
  const [was, is] = [old.workload, now.workload];
  const same = was.pd === is.pd && was.cluster !== is.cluster;
  return same ? { ...old, workload: { ...was, cluster: is.cluster } } : old;
}

function side<K extends string>(
  name: K,
  member: SourcedWorkload | undefined,
): { [key in K]?: SourcedWorkload } {
  return member === undefined ? {} : ({ [name]: member } as { [key in K]: SourcedWorkload });
}

export function restartsOf(compared: readonly Compared[]): RestartStep[] {
  const rolling = compared.flatMap(({ old, now, change }): Rolling[] =>
    old !== undefined && now !== undefined && change.verdicts.includes('restarted')
      ? [{ old: old.workload, now: now.workload, change }]
      : [],
  );
  return restartSteps(rolling);
}

/** The comparison, cluster by cluster. */
export function sidesOfClusters(old: Snapshot, now: Snapshot, compared: readonly Compared[]): ClusterSides[] {
  const [before, after] = [old, now].map((side) =>
    firstBy(side.clusters, (cluster) => addressOf(nameOf(cluster))),
  );
  const members = allBy(compared, (pair) =>
    [pair.old, pair.now].flatMap((member) => (member === undefined ? [] : [member.workload.cluster])),
  );
  const clusters = new Set([
    ...now.clusters.map((cluster) => addressOf(nameOf(cluster))),
    ...compared.flatMap(({ old: was, now: is }) => [was, is].map((member) => member?.workload.cluster ?? '')),
  ]);
  return [...clusters].flatMap((cluster): ClusterSides[] => {
    const its = members.get(cluster) ?? [];
    const [was, is] = [before?.get(cluster), after?.get(cluster)];
    if (its.length === 0) return [];
    return [
      {
        cluster,
        ...(was !== undefined && { old: was }),
        ...(is !== undefined && { now: is }),
        compared: its,
        restarts: restartsOf(its.filter(({ now: member }) => member?.workload.cluster === cluster)),
        maxReplicas: maxReplicasOf(its),
      },
    ];
  });
}

/** PD's own default. */
const MAX_REPLICAS = 3;

function maxReplicasOf(compared: readonly Compared[]): number {
  for (const side of ['now', 'old'] as const) {
    for (const pair of compared) {
      const workload = pair[side]?.workload;
      // Members of a group join, and do not have what their config says of replicas.
      if (workload?.owner.kind !== 'TidbCluster' || !hasQuorum(workload)) continue;
      const [file] = workload.configs;
      const value = file === undefined ? undefined : flat(file.table).get('replication.max-replicas');
      if (typeof value === 'number' && value > 0) return value;
    }
  }
  return MAX_REPLICAS;
}
