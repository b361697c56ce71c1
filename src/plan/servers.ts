import { byName, type Keeps } from '../components/index.ts';
import { allBy } from '../lookup/index.ts';
import { mapAt } from '../yaml/index.ts';
import { flat } from './config-changes.ts';
import type { ClusterSides, Compared } from './finding.ts';
import type { SourcedWorkload } from './snapshot.ts';
import { hasQuorum, isOfBase, type Workload } from './workload.ts';

/** The number of servers, also of those that are suspended: the StatefulSet says nothing of them. */
export function replicasOf(member: SourcedWorkload | undefined): number | undefined {
  if (member === undefined || !member.workload.suspended) return member?.workload.replicas;
  const { workload, group, cluster } = member;
  const spec = isOfBase(workload) ? mapAt(cluster, 'spec', workload.component) : mapAt(group, 'spec');
  return typeof spec.replicas === 'number' ? spec.replicas : undefined;
}

/** A workload with the servers that come back once it is no longer suspended: they keep what they have meanwhile. */
export function resumed(member: SourcedWorkload): Workload {
  return { ...member.workload, replicas: replicasOf(member) };
}

/**
 * The workloads of a cluster that keep something and are not suspended, on one side. A number of replicas that an
 * autoscaler controls is taken from the other side.
 */
export function serversOf(
  { compared, cluster }: ClusterSides,
  side: 'old' | 'now',
  keeps: Keeps,
): Workload[] {
  return compared.flatMap((pair) => {
    const workload = pair[side]?.workload;
    if (workload === undefined || workload.cluster !== cluster || workload.suspended) return [];
    if (byName[workload.component].keeps !== keeps) return [];
    const replicas = workload.replicas ?? pair[side === 'old' ? 'now' : 'old']?.workload.replicas;
    return [{ ...workload, replicas }];
  });
}

export function countOf(workloads: readonly Workload[]): number {
  return workloads.reduce((sum, { replicas }) => sum + (replicas ?? 0), 0);
}

/** What the config of a TidbCluster's PD says for a key. Members of a group join, and what theirs says there has no effect. */
export function* saidToPD(
  compared: readonly Compared[],
  side: 'old' | 'now',
  key: string,
): Generator<unknown> {
  for (const pair of compared) {
    const workload = pair[side]?.workload;
    if (workload === undefined || !isOfBase(workload) || !hasQuorum(workload)) continue;
    const [file] = workload.configs;
    const value = file && flat(file.table).get(key);
    if (value !== undefined) yield value;
  }
}

/** Pairs by the titles of their workloads: made once for all that ask for some. */
const BY_TITLE = new WeakMap<ClusterSides, ReadonlyMap<string, readonly [index: number, pair: Compared][]>>();

/** The pairs of some titles, in the order that all have. */
export function pairsOf(sides: ClusterSides, titles: Iterable<string>): Compared[] {
  const all = BY_TITLE.get(sides) ?? allBy(sides.compared.entries(), ([, { change }]) => [change.workload]);
  BY_TITLE.set(sides, all);
  const found = [...new Set(titles)].flatMap((title) => all.get(title) ?? []);
  return found.sort(([a], [b]) => a - b).map(([, pair]) => pair);
}

/** The workloads of some titles, as they will be. */
export function titled(sides: ClusterSides, titles: Iterable<string>): Workload[] {
  return pairsOf(sides, titles).flatMap(({ now }) => now?.workload ?? []);
}
