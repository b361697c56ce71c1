import { counted } from '../text/index.ts';
import { drainSteps, podList } from './advice.ts';
import { renames } from './danger-stores.ts';
import type { ClusterSides, Finding, Rule } from './finding.ts';
import { hasColumns, type Workload } from './workload.ts';

/** Servers with columns of which some, or all, go. */
interface Fewer {
  readonly old: Workload;
  /** Undefined where the whole workload goes. */
  readonly now: Workload | undefined;
  readonly from: number;
  readonly to: number;
}

/**
 * Fewer TiFlash stores over base and groups, whoever runs them: what counts is the highest number of replicas that a table
 * has, of which no file says anything.
 */
export const columnsGone: Rule = (sides) => {
  const [before, after] = [columnsOf(sides, 'old'), columnsOf(sides, 'now')];
  const gone = fewerIn(sides);
  // Where the last ones get no replicas, it is said of all kinds of servers.
  const isSaid = after === 0 && gone.every(({ now }) => now?.replicas === 0);
  if (after >= before || gone.length === 0 || isSaid) return [];
  const { cluster } = sides;
  const stopped = gone.filter(({ old, now }) => (now ?? old).runner === 'Kubernetes');
  const stops = stopped.map(({ old, from, to }) => podList(old.set, from, to)).join(', ');
  const finding: Finding = {
    code: 'columns-scale-in',
    workloads: gone.map(({ old, now }) => now ?? old),
    message: `${cluster} keeps ${counted(after, 'TiFlash store')} over base and groups (before: ${before}): a table that has more replicas than that in TiFlash has nowhere to put them, and a store that is to go never becomes a "Tombstone"${stops === '' ? '' : `; Kubernetes stops ${stops} without moving the columns away`}`,
    instead: [
      `See which tables have more replicas: \`SELECT TABLE_SCHEMA, TABLE_NAME, REPLICA_COUNT FROM information_schema.tiflash_replica WHERE REPLICA_COUNT > ${after};\`.`,
      `Lower each of them first: \`ALTER TABLE … SET TIFLASH REPLICA ${after};\`, and wait until that finds none.`,
      ...gone.flatMap(({ old, now, to }) => (isDrained(old, now) ? [] : drainSteps(old, to))),
    ],
    facts: [cluster, before, after],
  };
  return [finding];
};

/** A scale-in that TiDB Operator walks through; a whole component it only lets go. */
function isDrained(old: Workload, now: Workload | undefined): boolean {
  return now !== undefined && old.runner !== 'Kubernetes' && now.runner !== 'Kubernetes';
}

function columnsOf({ compared, cluster }: ClusterSides, side: 'old' | 'now'): number {
  return compared.reduce((sum, pair) => {
    const workload = pair[side]?.workload;
    if (workload === undefined || !hasColumns(workload) || workload.cluster !== cluster) return sum;
    if (workload.suspended) return sum;
    const known = workload.replicas ?? pair[side === 'old' ? 'now' : 'old']?.workload.replicas;
    return sum + (known ?? 0);
  }, 0);
}

function fewerIn(sides: ClusterSides): Fewer[] {
  const renamed = new Set(renames(sides).map(({ old }) => old));
  return sides.compared.flatMap(({ old, now }): Fewer[] => {
    const was = old?.workload;
    if (was === undefined || !hasColumns(was) || was.suspended || was.cluster !== sides.cluster) return [];
    const is = now?.workload.cluster === sides.cluster ? now.workload : undefined;
    // What is suspended comes back, with all that it has, and what leaves a TidbCluster is left running.
    const isLeft = now === undefined && was.owner.kind === 'TidbCluster';
    if (renamed.has(was) || is?.suspended || isLeft) return [];
    const from = was.replicas ?? 0;
    const to = is === undefined ? 0 : (is.replicas ?? from);
    return to < from ? [{ old: was, now: is, from, to }] : [];
  });
}
