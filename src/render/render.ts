import { CONFIRM, DRAIN, DRAIN_TO, ROLLOUT } from '../api/index.ts';
import { configEdits, groupAnnotations } from '../cluster/index.ts';
import { byKind, expandGroup, isGroupKind, loadExpansions } from '../components/index.ts';
import {
  autoscaledSets,
  checkAutoscalerTargets,
  checkInstanceLabels,
  delivered,
  expandForEngines,
  hasAutoscaler,
  protectionOf,
} from '../gitops/index.ts';
import { isLocal, LOCAL_CONFIG } from '../krm/index.ts';
import { type Changes, type Item, metadataOf } from '../list/index.ts';
import { Problems } from '../problem/index.ts';
import { ClusterResolver } from '../resolve/index.ts';
import {
  checkAutoscale,
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
import { ownerNamed, roleOf } from './generated.ts';
import { wereRendered } from './leftovers.ts';
import { editMonitors } from './monitors.ts';
import { NamesTaken } from './names-taken.ts';
import type { Operated } from './operated.ts';
import { type Made, Outcome } from './outcome.ts';
import { checkPlace, Positions } from './place.ts';
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
  const hasSafe = settings.rollout === 'Safe' || groups.some((group) => group.annotation(ROLLOUT) === 'Safe');
  const hasDrained = !isOperated && (hasSafe || settings.drain?.enabled || groups.some(asksForDrain));
  await loadExpansions(groups.map(({ kind }) => kind).filter(isGroupKind), hasSafe, hasDrained);
  const outcome = new Outcome(gathered, new Positions(items));
  const resolver = new ClusterResolver(clusters, problems);
  const names = new NamesTaken(problems);
  const members = new Map<Item, Item[]>(clusters.map((cluster) => [cluster, []]));
  // Whoever runs them, these are the resources of a group, and the names that it uses.
  const expand = isOperated ? expandGroup : expandForEngines;
  const rollout = isOperated ? 'Plain' : settings.rollout;
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
    const workloads = expand({ group, cluster, rollout, drain, problems: found });
    names.claim(item, workloads);
    together.push({ group, cluster });
    if (whole !== undefined) joined.push({ item, group: whole, cluster, workloads });
    checkPlace(item, found);
    keepOutOfCluster(outcome, item);
  }
  const parts = [...gathered.soundClusters(), ...gathered.clusterParts()];
  await checkPods(parts, sound, found);
  await checkServerKeys(parts, sound, found);
  await checkAutoscale(sound, output, found);
  const tallies = new Tallies();
  const bare = isOperated ? await tidbClusters(joined, problems) : joined.map(asMade);
  const told = await withAutoscalers(
    delivered(bare, read, settings, problems),
    gathered,
    read,
    settings,
    problems,
  );
  const hasBudgets = !isOperated && (settings.disruptionBudgets ?? hasSafe);
  const { made, budgets } = hasBudgets
    ? await withBudgets(told, gathered, read, resolver, settings, problems)
    : { made: told, budgets: [] };
  const common = [...budgets, ...(await monitors(told, gathered, read, resolver, settings, problems))];
  for (const { groups: owners, resources } of common)
    for (const group of owners.slice(0, 1)) names.claim(group, resources);
  for (const { groups: owners, resources } of made)
    for (const group of owners.slice(0, 1)) names.claim(group, resources.filter(isBeside));
  const earlierOf = ({ groups: owners }: Made) => [
    ...new Set(owners.flatMap((group) => generated.get(ownerNamed(group)) ?? [])),
  ];
  const earlierOfCommon = common.map((one) => earlierOf(one).filter((item) => isSame(item, one)));
  const shared = new Set(earlierOfCommon.flat());
  const generate = (one: Made, earlier: readonly Item[]) => {
    outcome.generate(one, earlier);
    tallies.add(one);
  };
  for (const one of made) {
    generate(
      one,
      earlierOf(one).filter((item) => !shared.has(item)),
    );
  }
  for (const [index, one] of common.entries()) generate(one, earlierOfCommon[index] ?? []);
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

function asksForDrain(group: Item): boolean {
  return group.annotation(DRAIN) === 'true' || group.annotation(DRAIN_TO) !== undefined;
}

/** What was rendered, with autoscalers. Loaded on demand: few groups have one. */
async function withAutoscalers(
  made: readonly Made[],
  gathered: Gathered,
  read: readonly Item[],
  { copyMetadata, output }: Settings,
  problems: Problems,
): Promise<readonly Made[]> {
  if (output === 'TidbCluster' || !made.some(({ groups }) => groups.some(hasAutoscaler))) return made;
  const autoscalers = await import('./autoscalers.ts');
  const scaled = made.map((its) => {
    const [item] = its.groups;
    return { made: its, group: item && hasAutoscaler(item) ? gathered.group(item) : undefined };
  });
  return autoscalers.withAutoscalers(scaled, autoscaledSets(read), copyMetadata, problems);
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
  const clusters = operatedIn(gathered, resolver);
  const areForAll = disruptionBudgets === true;
  return budgets.withBudgets({ made, clusters, areForAll, copyMetadata }, read, problems);
}

/** What Prometheus finds servers by. Loaded on demand: it is off until somebody asks for it. */
async function monitors(
  made: readonly Made[],
  gathered: Gathered,
  read: readonly Item[],
  resolver: ClusterResolver,
  { monitoring: spec, copyMetadata }: Settings,
  problems: Problems,
): Promise<readonly Made[]> {
  if (!spec) return [];
  const monitoring = await import('./monitoring.ts');
  const clusters = operatedIn(gathered, resolver);
  return monitoring.monitorsOf({ made, clusters, spec, copyMetadata }, read, problems);
}

/** The TidbClusters, each with the one that it joins. */
function operatedIn(gathered: Gathered, resolver: ClusterResolver): Operated[] {
  const joinedBy = (item: Item) => {
    const { name, namespace = '' } = gathered.cluster(item)?.object.spec.cluster ?? {};
    return name === undefined ? undefined : resolver.lookUp(item, name, namespace);
  };
  return gathered.clusters.flatMap((item) => {
    const cluster = gathered.cluster(item);
    return cluster === undefined ? [] : [{ ...cluster, joins: joinedBy(item) }];
  });
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

/** Whether an earlier render made an item in the place of one of these resources, which several groups share. */
function isSame({ kind, name }: Item, { resources }: Made): boolean {
  const role = roleOf(kind, name);
  return resources.some((one) => roleOf(String(one.kind), String(metadataOf(one).name)) === role);
}

/** What is beside the workloads of a group, whose names are claimed already. */
function isBeside({ kind }: MapValue): boolean {
  return !WORKLOADS.includes(String(kind));
}

const WORKLOADS: readonly string[] = ['ConfigMap', 'Job', 'Service', 'StatefulSet'];

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
