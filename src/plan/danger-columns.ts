import { counted, listed } from '../text/index.ts';
import { podList } from './advice.ts';
import { RESUME } from './danger-stores.ts';
import type { ClusterSides, Compared, Finding, Rule } from './finding.ts';
import { keepersOf, leaveText } from './left.ts';
import { OR_OPERATOR } from './other-ways.ts';
import { countOf, resumed, serversOf } from './servers.ts';
import { inOrder, takeOut } from './steps.ts';
import { hasColumns, isOfBase, titleOf, type Workload } from './workload.ts';

/** Servers with columns of which some, or all, go. */
interface Fewer {
  readonly old: Workload;
  /** Undefined where the whole workload goes. */
  readonly now: Workload | undefined;
  /** Undefined where an autoscaler has the number. */
  readonly from: number | undefined;
  readonly to: number;
  /** What becomes of them, where nobody moves their columns away first. */
  readonly fate: string | undefined;
}

/**
 * Fewer TiFlash stores. Over base and groups, what counts is the highest number of replicas that a table has, of which no
 * file says anything; and one that Kubernetes stops loses its columns, even if there are more stores elsewhere.
 */
export const columnsGone: Rule = (sides) => {
  const [before, after] = [
    countOf(serversOf(sides, 'old', 'columns')),
    countOf(serversOf(sides, 'now', 'columns')),
  ];
  const gone = fewerIn(sides);
  const undrained = gone.filter(({ fate }) => fate !== undefined);
  const isFewer = after < before;
  // Where the last ones get no replicas, it is said of all kinds of servers.
  const isSaid = after === 0 && gone.every(({ now }) => now?.replicas === 0);
  if (isSaid || (undrained.length === 0 && (!isFewer || gone.length === 0))) return [];
  const { cluster } = sides;
  const fates = undrained.flatMap(({ fate }) => fate ?? []);
  const parts = [
    ...(isFewer
      ? [
          `TidbCluster ${cluster} has ${counted(after, 'TiFlash store')} left over base and groups (before: ${before}): a table with more TiFlash replicas than that has nowhere to put them, and a store that has to move its columns away never becomes a "Tombstone"`,
        ]
      : []),
    ...(fates.length === 0 ? [] : [`${listed(fates)}; queries of columns that no other store has fail`]),
  ];
  const finding: Finding = {
    code: 'columns-scale-in',
    workloads: gone.map(({ old, now }) => now ?? old),
    message: parts.join('; '),
    instead: [
      ...(isFewer
        ? [
            `See which tables have more replicas: \`SELECT TABLE_SCHEMA, TABLE_NAME, REPLICA_COUNT FROM information_schema.tiflash_replica WHERE REPLICA_COUNT > ${after};\`.`,
            `Lower each of them first: \`ALTER TABLE … SET TIFLASH REPLICA ${after};\`, and wait until that finds none.`,
          ]
        : []),
      ...(undrained.some(({ old, now }) => old.suspended || now?.suspended) ? RESUME : []),
      ...inOrder(undrained.map(({ old, to }) => takeOut(sides.old, old, to))),
      ...(undrained.some(({ now }) => now !== undefined) ? [OR_OPERATOR] : []),
    ],
    facts: [
      cluster,
      before,
      after,
      ...gone.flatMap(({ old, from = null, to }) => [titleOf(old.owner), from, to]),
    ],
  };
  return [finding];
};

function fewerIn(sides: ClusterSides): Fewer[] {
  const renamed = new Set(sides.renames.map(({ old }) => old));
  return sides.compared.flatMap((pair): Fewer[] => {
    const { old, now } = pair;
    if (old === undefined || !hasColumns(old.workload) || old.workload.cluster !== sides.cluster) return [];
    const was = resumed(old);
    const is = now?.workload.cluster === sides.cluster ? resumed(now) : undefined;
    // What leaves a TidbCluster is left running.
    if (renamed.has(old.workload) || (now === undefined && isOfBase(was))) return [];
    const from = was.replicas;
    const to = is === undefined ? 0 : (is.replicas ?? from);
    if (to === undefined || from === 0 || (from === undefined ? is !== undefined : to >= from)) return [];
    return [{ old: was, now: is, from, to, fate: fateOf(pair, was, to) }];
  });
}

/** TiDB Operator walks through a scale-in; a whole component it only lets go. */
function fateOf({ old, now }: Compared, was: Workload, to: number): string | undefined {
  const { replicas: from, set, owner, suspended } = was;
  if (now !== undefined) {
    // They keep running, and cannot join another cluster; another rule says so.
    if (now.workload.cluster !== was.cluster) return undefined;
    if (was.runner !== 'Kubernetes' && now.workload.runner !== 'Kubernetes') return undefined;
    return suspended || now.workload.suspended
      ? `the stores ${podList(set, from, to)} never come back, and nothing moves the columns away`
      : `Kubernetes stops ${podList(set, from, to)} without moving the columns away`;
  }
  const keepers = suspended ? [] : keepersOf(old);
  const stores =
    from === undefined ? 'TiFlash stores' : counted(from, `${suspended ? 'suspended ' : ''}TiFlash store`);
  return keepers.length === 0
    ? `${titleOf(owner)} is removed with its ${stores}, and nothing moves the columns away first`
    : `${titleOf(owner)} is removed, and ${leaveText(keepers)} its ${stores} running but unmanaged, until somebody deletes them with their columns`;
}
