import { byName, type Keeps } from '../components/index.ts';
import type { ClusterSides } from './finding.ts';
import type { Workload } from './workload.ts';

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
