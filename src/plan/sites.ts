import { nameOf } from './base.ts';
import { compareWorkload } from './compare-workload.ts';
import { flat } from './config-changes.ts';
import type { Compared, Site } from './finding.ts';
import { allBy, firstBy } from './lookup.ts';
import type { RestartStep } from './plan.ts';
import { type Rolling, restartSteps } from './restarts.ts';
import { type Member, membersOf, type Snapshot } from './snapshot.ts';
import { addressOf, hasQuorum } from './workload.ts';

/** Every workload of either side, in the order of the new one; removed ones come last. */
export function comparedWorkloads(old: Snapshot, next: Snapshot): Compared[] {
  const before = membersOf(old);
  const after = membersOf(next);
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((key): Compared[] => {
    const now = after.get(key);
    const pair = { ...side('old', inSameCluster(before.get(key), now)), ...side('now', now) };
    const change = compareWorkload(pair);
    return change === undefined ? [] : [{ ...pair, change }];
  });
}

/** If a side does not name the cluster, PD's address identifies it; the other side may know its name. */
function inSameCluster(old: Member | undefined, now: Member | undefined): Member | undefined {
  if (old === undefined || now === undefined) return old;
  const [was, is] = [old.workload, now.workload];
  const same = was.pd === is.pd && was.cluster !== is.cluster;
  return same ? { ...old, workload: { ...was, cluster: is.cluster } } : old;
}

function side<K extends string>(name: K, member: Member | undefined): { [key in K]?: Member } {
  return member === undefined ? {} : ({ [name]: member } as { [key in K]: Member });
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
export function sitesOf(old: Snapshot, now: Snapshot, compared: readonly Compared[]): Site[] {
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
  return [...clusters].flatMap((cluster): Site[] => {
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
      if (workload === undefined || !hasQuorum(workload)) continue;
      const [file] = workload.configs;
      const value = file === undefined ? undefined : flat(file.table).get('replication.max-replicas');
      if (typeof value === 'number' && value > 0) return value;
    }
  }
  return MAX_REPLICAS;
}
