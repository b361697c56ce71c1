import type { AnyGroup, TidbCluster } from '../api/index.ts';
import { maxReplicasOf } from '../budget/index.ts';
import { byKind } from '../components/index.ts';
import { Field, type Problems, type Subject } from '../problem/index.ts';
import { counted, show } from '../text/index.ts';
import { valueOfZone, zonesOf } from './plain-groups.ts';

type Group = Subject<AnyGroup>;

/** What a TidbCluster has: all groups as they were written, and whether others that join it have stores, too. */
export interface Members {
  readonly cluster: Subject<TidbCluster>;
  readonly groups: readonly Group[];
  readonly othersHaveStores: boolean;
}

/** Adds a warning where the stores of a cluster are in zones, or exclusive, and data has too few places to be in. */
export function checkStoresTogether(members: Members, problems: Problems): void {
  const stores = members.groups.filter(({ object }) => byKind[object.kind].keeps === 'regions');
  const most = maxReplicasOf(members.cluster.object.spec);
  const shared = stores.filter((group) => !isExclusive(group));
  const exclusive = stores.filter(isExclusive);
  const isOnlyThese = !hasOwnStores(members);
  for (const group of exclusive) checkZones([group], most, problems);
  if (isOnlyThese) checkZones(shared, most, problems);
  for (const group of exclusive) checkExclusive(group, most, problems);
  const [first] = exclusive;
  if (first === undefined || !isOnlyThese || shared.length > 0) return;
  const message = `is true, as in all other groups of stores of the TidbCluster ${show(members.cluster.origin.id.name)}, so no store takes the data that no placement policy is about, such as system tables; add a TiKVGroup that is not exclusive, or stores in \`spec.tikv\` of the TidbCluster`;
  new Field(first.origin, problems, ['spec', 'exclusive']).add('exclusive-stores', message);
}

function hasOwnStores({ cluster, othersHaveStores }: Members): boolean {
  return othersHaveStores || (cluster.object.spec.tikv?.replicas ?? 0) > 0;
}

function isExclusive({ object }: Group): boolean {
  return 'exclusive' in object.spec && object.spec.exclusive === true;
}

/** With three replicas in two zones, one of them has two. */
function checkZones(groups: readonly Group[], most: number, problems: Problems): void {
  const all = groups.flatMap(({ object }) => {
    const zones = zonesOf(object).filter(({ spec }) => spec.replicas !== 0);
    return zones.length === 0 ? [undefined] : zones.map(({ spec }) => valueOfZone(spec));
  });
  const values = new Set(all);
  const group = groups.find(({ object }) => zonesOf(object).length > 0);
  // Nobody knows where stores of no zone are.
  if (group === undefined || values.has(undefined) || values.size !== 2 || most < 3) return;
  const message = `makes 2 zones for data with ${most} replicas (PD's \`replication.max-replicas\`), so one of them has most replicas of each region: without that zone nothing can be read or written; use 3 zones, or know that only one of the two may be lost`;
  new Field(group.origin, problems, ['spec', 'zones']).add('zone-count', message);
}

function checkExclusive({ object, origin }: Group, most: number, problems: Problems): void {
  const { replicas } = object.spec;
  if (replicas >= most) return;
  const message = `is ${replicas}, but \`spec.exclusive\` is true and PD keeps ${most} replicas (\`replication.max-replicas\`): of data that only these stores take, ${counted(most - replicas, 'replica')} would have no store; write ${most} or more, or \`FOLLOWERS=${Math.max(0, replicas - 1)}\` in each placement policy that names the group`;
  new Field(origin, problems, ['spec', 'replicas']).add('exclusive-stores', message);
}
