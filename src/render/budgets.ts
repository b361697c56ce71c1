import type { TidbCluster } from '../api/index.ts';
import { maxReplicasOf, podLabels, type StoreCount, serverBudget, storeBudget } from '../budget/index.ts';
import { byKind, type GroupComponent } from '../components/index.ts';
import { rolloutOf } from '../expand/index.ts';
import { besideRunner, runnerIn, waveIn } from '../gitops/index.ts';
import type { Item } from '../list/index.ts';
import { allBy } from '../lookup/index.ts';
import type { Origin, Problems } from '../problem/index.ts';
import { listed } from '../text/index.ts';
import { type MapValue, mapAt, textAt } from '../yaml/index.ts';
import type { JoiningCluster } from './joining.ts';
import { instanceOf, operatorsLabels, placeOf } from './operated.ts';
import { budgetsNotThere, type Covered } from './other-budgets.ts';
import type { Made } from './outcome.ts';

/** What budgets are made for. */
export interface Budgeted {
  readonly made: readonly Made[];
  /** All TidbClusters, each with the one that it joins. */
  readonly clusters: readonly Omit<JoiningCluster, 'item'>[];
  /** Whether groups that are rendered Plain have one, too. */
  readonly areForAll: boolean;
  readonly copyMetadata: boolean;
}

/** A group with its StatefulSet. */
interface Runner {
  readonly made: Made;
  readonly group: Item;
  readonly set: MapValue;
}

/**
 * What was rendered, with budgets: each group of SQL servers has one of its own, and all stores of a TidbCluster share
 * one. `items` are the resources of the list: another budget over the same pods is an error.
 */
export function withBudgets(
  budgeted: Budgeted,
  items: readonly Item[],
  problems: Problems,
): { made: Made[]; budgets: Made[] } {
  const covered: Covered[] = [];
  const isWanted = ({ set }: Runner) => budgeted.areForAll || rolloutOf(set) === 'Safe';
  const servers = new Map<Made, Shared>();
  for (const its of budgeted.made) {
    const runner = runnerOf(its, byKind.TiDBGroup);
    if (runner === undefined || !isWanted(runner)) continue;
    const { group, set } = runner;
    const budget = serverBudget(group.name, group.namespace || undefined);
    covered.push({ budget, group, labels: podLabels(set) });
    servers.set(its, { budget, groups: [group], cluster: its.cluster, set });
  }
  const stores = budgeted.made.flatMap((its) => runnerOf(its, byKind.TiKVGroup) ?? []);
  const clusters = allBy(budgeted.clusters, ({ origin, joins }) => [origin, joins]);
  const shared = [...allBy(stores, ({ made: { cluster } }) => [cluster.origin])].flatMap(([origin, all]) =>
    [...allBy(all, ({ group }) => [group.namespace]).values()]
      .filter((runners) => runners.some(isWanted))
      .flatMap((runners) => {
        const sorted = runners.toSorted((a, b) => (a.group.name < b.group.name ? -1 : 1));
        const stored = { runners: sorted, all, clusters: clusters.get(origin) ?? [] };
        return sharedBudget(stored, covered, problems);
      }),
  );
  const rendered = budgetsNotThere(covered, items, problems);
  const told = ({ groups, set, budget }: Shared) => besideRunner(groups, set, budget, budgeted.copyMetadata);
  const made = budgeted.made.map((its) => {
    const own = servers.get(its);
    return own && rendered.has(own.budget) ? { ...its, resources: [...its.resources, told(own)] } : its;
  });
  const budgets = shared
    .filter(({ budget }) => rendered.has(budget))
    .map(
      (one): Made => ({
        groups: one.groups,
        cluster: one.cluster,
        stem: byKind.TiKVGroup.name,
        resources: [told(one)],
      }),
    );
  return { made, budgets };
}

/** A budget, the groups that have it, and the StatefulSet that engines treat it as. */
interface Shared {
  readonly budget: MapValue;
  readonly groups: readonly Item[];
  readonly cluster: Made['cluster'];
  readonly set: MapValue;
}

function runnerOf(made: Made, { group: { kind } }: GroupComponent): Runner | undefined {
  const group = made.groups.find((one) => one.kind === kind);
  const set = runnerIn(made.resources);
  return group === undefined || set?.kind !== 'StatefulSet' ? undefined : { made, group, set };
}

/** The stores of one TidbCluster: those of groups in one namespace, those of all its groups, and those of TiDB Operator. */
interface Stored extends Pick<Budgeted, 'clusters'> {
  readonly runners: readonly Runner[];
  readonly all: readonly Runner[];
}

/** The budget over stores of a TidbCluster in the namespace of some groups of it. */
function sharedBudget({ runners, all, clusters }: Stored, covered: Covered[], problems: Problems): Shared[] {
  const [first] = runners;
  const last = runners.toSorted((a, b) => waveOf(a.set) - waveOf(b.set)).at(-1);
  if (first === undefined || last === undefined) return [];
  const { cluster } = first.made;
  const { namespace } = first.group;
  const ofOperator = clusters
    .filter(({ object }) => storesIn(object) > 0)
    .map((one) => ({ one, place: placeOf(one, cluster, first.group) }));
  const near = ofOperator.filter(({ place }) => place === namespace).map(({ one }) => one);
  const farOfOperator = ofOperator.filter(({ place }) => place !== namespace);
  const far: Far = {
    first: [
      ...farOfOperator.slice(0, MOST_NAMED).map(({ one, place }) => ({ of: one.origin, place })),
      ...firstElsewhere(all, namespace),
    ].slice(0, MOST_NAMED),
    count: farOfOperator.length + all.length - runners.length,
  };
  const budget = storeBudget({
    cluster: cluster.origin.id.name,
    namespace: namespace || undefined,
    stores: [
      ...near.map(({ object }): StoreCount => ({ instance: instanceOf(object), replicas: storesIn(object) })),
      ...runners.map(
        ({ group, set }): StoreCount => ({ instance: group.name, replicas: replicasOf(group, set) }),
      ),
    ],
    maxReplicas: maxReplicasOf(cluster.object.spec),
  });
  covered.push(
    ...near.map(({ object }) => ({
      budget,
      group: first.group,
      labels: operatorsLabels(object, byKind.TiKVGroup),
    })),
    ...runners.map(({ group, set }) => ({ budget, group, labels: podLabels(set) })),
  );
  for (const { group } of far.count > 0 ? runners : []) reportFar(group, budget, far, problems);
  return [{ budget, groups: runners.map(({ group }) => group), cluster, set: last.set }];
}

function waveOf(set: MapValue): number {
  return waveIn(set) ?? 0;
}

/** How many stores TiDB Operator runs for a TidbCluster. */
function storesIn({ spec }: TidbCluster): number {
  const { tikv } = spec;
  const isSuspended = (tikv?.suspendAction ?? spec.suspendAction)?.suspendStatefulSet;
  return isSuspended ? 0 : (tikv?.replicas ?? 0);
}

/** A number that is left to an autoscaler is that of the group. */
function replicasOf({ object }: Item, set: MapValue): number {
  const written = mapAt(set, 'spec').replicas ?? mapAt(object, 'spec').replicas;
  return typeof written === 'number' ? written : 0;
}

/** Who has stores in other namespaces: those that are named, and how many there are. */
interface Far {
  readonly first: readonly { readonly of: Origin; readonly place: string }[];
  readonly count: number;
}

const MOST_NAMED = 3;

function firstElsewhere(all: readonly Runner[], namespace: string): Far['first'] {
  const found: Far['first'][number][] = [];
  for (const { group } of all) {
    if (group.namespace !== namespace) found.push({ of: group, place: group.namespace });
    if (found.length === MOST_NAMED) break;
  }
  return found;
}

/** A budget counts the pods of its own namespace. */
function reportFar(group: Item, budget: MapValue, { first, count }: Far, problems: Problems): void {
  const others = first.map(({ of, place }) => `those of the ${of.id.kind} "${of.id.name}" in "${place}"`);
  if (count > first.length) others.push(`those of ${count - first.length} more`);
  const message = `the PodDisruptionBudget "${nameOf(budget)}" counts the stores of its own namespace "${group.namespace}", and not ${listed(others, 'and not')}, so one of each may be evicted at a time; drain the nodes of one namespace after another, or move the groups into the namespace of their TidbCluster`;
  problems.add('budget-namespace', group, ['metadata', 'namespace'], message);
}

function nameOf(budget: MapValue): string {
  return textAt(budget, 'metadata', 'name');
}
