import { MAX_REPLICAS } from '../budget/index.ts';
import { allBy, firstBy } from '../lookup/index.ts';
import { nameOf } from './base.ts';
import { compareWorkload } from './compare-workload.ts';
import type { ClusterSides, Compared } from './finding.ts';
import type { RestartStep } from './plan.ts';
import { renames } from './renames.ts';
import { resourcesOf } from './resources.ts';
import { type Rolling, restartSteps } from './restarts.ts';
import { saidToPD } from './servers.ts';
import { type Snapshot, type SourcedWorkload, sourcedWorkloads } from './snapshot.ts';
import { addressOf, type Workload } from './workload.ts';

/** Every workload of either side, in the order of the new one; removed ones come last. */
export function comparedWorkloads(old: Snapshot, next: Snapshot): Compared[] {
  const before = sourcedWorkloads(old);
  const after = sourcedWorkloads(next);
  const rendered = resourcesOf(next);
  const alike = allBy(after.values(), ({ workload }) => [placeIn(workload)]);
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((key): Compared[] => {
    const now = after.get(key);
    const was = inSameCluster(before.get(key), now);
    const pair = { ...(was && { old: was }), ...(now && { now }) };
    const isOnly =
      now?.group === undefined && (now === undefined || alike.get(placeIn(now.workload))?.length === 1);
    const change = compareWorkload(pair, !isOnly, rendered);
    return change === undefined ? [] : [{ ...pair, change }];
  });
}

/** What servers of one component in one cluster have in common. */
function placeIn({ cluster, component }: Workload): string {
  return `${cluster} ${component}`;
}

/** If a side does not name the cluster, PD's address identifies it; the other side may know its name. */
function inSameCluster(
  old: SourcedWorkload | undefined,
  now: SourcedWorkload | undefined,
): SourcedWorkload | undefined {
  if (old === undefined || now === undefined) return old;
  const [was, is] = [old.workload, now.workload];
  const same = was.pd === is.pd && was.cluster !== is.cluster;
  return same ? { ...old, workload: { ...was, cluster: is.cluster } } : old;
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
  const titles = new Set(resourcesOf(now).keys());
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
        renames: renames(its),
        titles,
        restarts: restartsOf(its.filter(({ now: member }) => member?.workload.cluster === cluster)),
        maxReplicas: maxReplicasOf(its, ['now', 'old']),
        maxReplicasBefore: maxReplicasOf(its, ['old', 'now']),
      },
    ];
  });
}

function maxReplicasOf(compared: readonly Compared[], order: readonly ('now' | 'old')[]): number {
  for (const side of order) {
    for (const value of saidToPD(compared, side, 'replication.max-replicas')) {
      if (typeof value === 'number' && value > 0) return value;
    }
  }
  return MAX_REPLICAS;
}
