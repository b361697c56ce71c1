import { CONFIRM, DRAIN, DRAIN_TO, type GroupKind, ROLLOUT, switchOf } from '../api/index.ts';
import { configEdits, groupAnnotations } from '../cluster/index.ts';
import { byKind, expandGroup, isGroupKind, loadExpansions } from '../components/index.ts';
import {
  checkAutoscalerTargets,
  checkInstanceLabels,
  delivered,
  expandForEngines,
  protectionOf,
} from '../gitops/index.ts';
import { isLocal, LOCAL_CONFIG } from '../krm/index.ts';
import type { Changes, Item } from '../list/index.ts';
import { Problems } from '../problem/index.ts';
import { ClusterResolver } from '../resolve/index.ts';
import {
  checkHashedNames,
  checkPods,
  checkServerKeys,
  checkTogether,
  type GroupInCluster,
  type Joined,
} from '../validate/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { checkAlone } from './check-alone.ts';
import { Gathered } from './gather.ts';
import { ownerNamed } from './generated.ts';
import { wereRendered } from './leftovers.ts';
import { editMonitors } from './monitors.ts';
import { NamesTaken } from './names-taken.ts';
import { type Made, Outcome } from './outcome.ts';
import { checkPlace, Positions } from './place.ts';
import { Rollouts } from './rollouts.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { Tallies } from './tally.ts';

/** What becomes of a list, and the resources that it comes from, which have been checked. */
export interface Rendering extends Changes {
  readonly gathered: Gathered;
}

/**
 * The changes of a list of resources when its groups are expanded. They count only if no error was reported. `before`
 * is the earlier render that this one will overwrite, for the guard to compare with.
 */
export async function render(
  items: readonly Item[],
  problems: Problems,
  settings: Settings = DEFAULT_SETTINGS,
  before: readonly Item[] = [],
): Promise<Rendering> {
  const { output } = settings;
  const isOperated = output === 'TidbCluster';
  // Most of them do not matter here, and many checks look at them.
  const read = items.filter(({ isRead }) => isRead);
  const gathered = new Gathered(read, settings);
  gathered.check(problems);
  const { clusters, groups, generated } = gathered;
  const rollouts = new Rollouts(settings, generated, before);
  const isSafe = (group: Item) =>
    isGroupKind(group.kind) &&
    byKind[group.kind].group.safety !== undefined &&
    (group.annotation(ROLLOUT) ?? rollouts.of(group)) === 'Safe';
  const mayBeDrained = (group: Item) =>
    !isOperated && ((settings.drain?.enabled ?? isSafe(group)) || asksForDrain(group));
  await loadExpansions(kindsOf(groups), kindsOf(groups.filter(mayBeDrained)));
  const outcome = new Outcome(gathered, new Positions(items));
  const resolver = new ClusterResolver(clusters, problems);
  const names = new NamesTaken(problems);
  const members = new Map<Item, Item[]>(clusters.map((cluster) => [cluster, []]));
  // Whoever runs them, these are the resources of a group, and the names that it uses.
  const expand = isOperated ? expandGroup : expandForEngines;
  const drain = isOperated ? undefined : (settings.drain ?? {});
  const joined: Expanded[] = [];
  // Those with fields that have not their structure, too.
  const together: Joined[] = [];
  const sound: GroupInCluster[] = [];
  const found = new Problems();
  for (const item of groups) {
    const itsCluster = resolver.resolve(item);
    if (itsCluster !== undefined) members.get(itsCluster)?.push(item);
    const whole = gathered.group(item);
    const group = whole ?? gathered.partOf(item)?.group;
    const cluster = itsCluster && gathered.cluster(itsCluster);
    if (group === undefined) continue;
    sound.push({ group, cluster });
    if (cluster === undefined) {
      checkAlone(group, found);
      continue;
    }
    const workloads = expand({ group, cluster, rollout: rollouts.of(item), drain, problems: found });
    names.claim(item, workloads);
    together.push({ group, cluster });
    if (whole !== undefined) joined.push({ item, group: whole, cluster, workloads });
    checkPlace(item, found);
    keepOutOfCluster(outcome, item);
  }
  const parts = [...gathered.soundClusters(), ...gathered.clusterParts()];
  await checkPods(parts, sound, found);
  await checkServerKeys(parts, sound, found);
  const tallies = new Tallies();
  const bare = isOperated ? await tidbClusters(joined, problems) : joined.map(asMade);
  const told = delivered(bare, read, settings, problems);
  const hasBudgets = !isOperated && (settings.disruptionBudgets ?? groups.some(isSafe));
  const { made, budgets } = hasBudgets
    ? await withBudgets(told, gathered, read, resolver, settings, problems)
    : { made: told, budgets: [] };
  for (const { groups: owners, resources } of isOperated ? made : budgets)
    for (const group of owners.slice(0, 1)) names.claim(group, resources);
  const earlierOf = ({ groups: owners }: Made) => [
    ...new Set(owners.flatMap((group) => generated.get(ownerNamed(group)) ?? [])),
  ];
  const shared = new Set(budgets.flatMap(earlierOf).filter(({ kind }) => kind === 'PodDisruptionBudget'));
  const generate = (all: readonly Made[], areShared: boolean) => {
    for (const one of all) {
      outcome.generate(
        one,
        earlierOf(one).filter((item) => shared.has(item) === areShared),
      );
      tallies.add(one);
    }
  };
  generate(made, false);
  generate(budgets, true);
  checkInstanceLabels(clusters, generated, problems);
  checkAutoscalerTargets(read, items, problems);
  names.checkAgainst(items);
  names.checkAgainstOperator(clusters);
  checkTogether(
    { clusters: gathered.soundClusters(), groups: together, items, read, resolver, output },
    found,
  );
  gathered.passOn(found, problems);
  await checkHashedNames(items, read, problems);
  const stays = wereRendered(groups, generated);
  for (const [item, its] of members) {
    const isProtected = settings.protectStores && its.length > 0;
    if (!stays) {
      outcome.edit(
        item,
        groupAnnotations(item, its, tallies.of(item), isProtected ? protectionOf(item) : {}),
      );
    }
    const cluster = gathered.cluster(item);
    if (cluster !== undefined && gathered.writesConfigs(item)) outcome.edit(item, configEdits(cluster));
  }
  if (stays) return outcome;
  await editMonitors(read, settings, members, resolver, outcome);
  outcome.dropLeftovers(generated, groups);
  const isGuarded = settings.guard && problems.errorCount === 0;
  if (isGuarded && (before.length > 0 || changesEarlier(gathered, outcome))) {
    const { guard } = await import('./guard.ts');
    await loadExpansions();
    guard(
      { items, gathered, changes: outcome, before, output, isOrdered: settings.syncWaves === true },
      problems,
    );
  }
  return outcome;
}

function kindsOf(groups: readonly Item[]): GroupKind[] {
  return groups.map(({ kind }) => kind).filter(isGroupKind);
}

function asksForDrain(group: Item): boolean {
  return switchOf(group.annotation(DRAIN)) === true || group.annotation(DRAIN_TO) !== undefined;
}

/** What was rendered, with budgets. Loaded on demand: groups that are rendered Plain have none. */
async function withBudgets(
  made: readonly Made[],
  gathered: Gathered,
  read: readonly Item[],
  resolver: ClusterResolver,
  { disruptionBudgets, copyMetadata }: Settings,
  problems: Problems,
): Promise<{ made: readonly Made[]; budgets: readonly Made[] }> {
  const budgets = await import('./budgets.ts');
  const joinedBy = (item: Item) => {
    const { name, namespace = '' } = gathered.cluster(item)?.object.spec.cluster ?? {};
    return name === undefined ? undefined : resolver.lookUp(item, name, namespace);
  };
  const clusters = gathered.clusters.flatMap((item) => {
    const cluster = gathered.cluster(item);
    return cluster === undefined ? [] : [{ ...cluster, joins: joinedBy(item) }];
  });
  const areForAll = disruptionBudgets === true;
  return budgets.withBudgets({ made, clusters, areForAll, copyMetadata }, read, problems);
}

/** Whether an earlier render's output changes, or the settings say that it should. */
function changesEarlier(
  { generated, groups, clusters }: Gathered,
  { replacements, drops }: Changes,
): boolean {
  if (generated.size === 0) return false;
  const isConfirmed = (item: Item) => item.annotation(CONFIRM) !== undefined;
  return replacements.size + drops.size > 0 || groups.some(isConfirmed) || clusters.some(isConfirmed);
}

/** A group with its cluster, and its workloads. */
export interface Expanded extends Joined {
  readonly item: Item;
  readonly workloads: readonly MapValue[];
}

function asMade({ item, group, cluster, workloads }: Expanded): Made {
  const stem = byKind[group.object.kind].name;
  return { groups: [item], cluster, stem, resources: workloads };
}

/** The groups as TidbClusters. Loaded on demand: what runs by itself has no need of it. */
async function tidbClusters(joined: readonly Expanded[], problems: Problems): Promise<Made[]> {
  const output = await import('./tidb-clusters.ts');
  return output.tidbClusters(joined, problems);
}

/** kustomize and kpt leave resources with this annotation out of the cluster, which does not know the kind. */
function keepOutOfCluster(outcome: Outcome, group: Item): void {
  if (isLocal(group.annotation(LOCAL_CONFIG))) return;
  outcome.edit(group, [{ path: ['metadata', 'annotations'], set: { [LOCAL_CONFIG]: 'true' } }]);
}
