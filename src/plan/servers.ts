import { byName, type Keeps } from '../components/index.ts';
import { mapAt } from '../yaml/index.ts';
import type { ClusterSides } from './finding.ts';
import type { SourcedWorkload } from './snapshot.ts';
import { isOfBase, type Workload } from './workload.ts';

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

/** The workloads of some titles, as they will be. */
export function titled({ compared }: ClusterSides, titles: Iterable<string>): Workload[] {
  const wanted = new Set(titles);
  return compared.flatMap(({ now, change }) =>
    now !== undefined && wanted.has(change.workload) ? [now.workload] : [],
  );
}
