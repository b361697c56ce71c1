import { CONFIRM, hasPlaces } from '../api/index.ts';
import { configEdits, groupAnnotations } from '../cluster/index.ts';
import { expandGroup, isGroupKind, loadExpansions } from '../components/index.ts';
import {
  checkAutoscalerTargets,
  checkInstanceLabels,
  checkWaves,
  delivered,
  expandForEngines,
  protectionOf,
} from '../gitops/index.ts';
import { isLocal, LOCAL_CONFIG } from '../krm/index.ts';
import type { Changes, Item } from '../list/index.ts';
import { Problems } from '../problem/index.ts';
import { ClusterResolver } from '../resolve/index.ts';
import {
  checkAutoscale,
  checkHashedNames,
  checkNetworkPolicies,
  checkPods,
  checkServerKeys,
  checkTogether,
  type GroupInCluster,
  type Joined,
} from '../validate/index.ts';
import { withBeside } from './beside.ts';
import { checkAlone } from './check-alone.ts';
import type { Divided } from './divided.ts';
import { type Expanded, madeOf } from './expanded.ts';
import { Gathered } from './gather.ts';
import { claimNames, generateAll } from './generate.ts';
import { wereRendered } from './leftovers.ts';
import { editMonitors } from './monitors.ts';
import { NamesTaken } from './names-taken.ts';
import { Outcome } from './outcome.ts';
import { checkPlace, Positions } from './place.ts';
import { Rollouts, reportKept } from './rollouts.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

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
  const resolver = new ClusterResolver(clusters, problems);
  const divided = groups.some((item) => hasPlaces(gathered.soundGroup(item)?.object.spec))
    ? await divide(gathered, resolver, problems)
    : undefined;
  const rollouts = new Rollouts(settings, generated, before, divided?.zonesBeside);
  await loadExpansions(groups.map(({ kind }) => kind).filter(isGroupKind));
  const outcome = new Outcome(gathered, new Positions(items));
  const names = new NamesTaken(problems, (group) => gathered.writtenAs(group));
  const members = new Map<Item, Item[]>(clusters.map((cluster) => [cluster, []]));
  // Whoever runs them, these are the resources of a group, and the names that it uses.
  const expand = isOperated ? expandGroup : expandForEngines;
  const drain = isOperated ? undefined : (settings.drain ?? {});
  const joined: Expanded[] = [];
  // Those with fields that have not their structure, too.
  const together: Expanded[] = [];
  const sound: GroupInCluster[] = [];
  const found = new Problems();
  const expandAs = (joined: Joined, item: Item) =>
    expand({ ...joined, rollout: rollouts.of(item), drain, problems: found });
  divided?.checkWritten(expandAs, output, found);
  sound.push(...(divided?.written ?? []));
  for (const item of groups) {
    const itsCluster = resolver.resolve(item);
    if (itsCluster !== undefined) members.get(itsCluster)?.push(item);
    const whole = gathered.group(item);
    const group = gathered.soundGroup(item);
    const cluster = itsCluster && gathered.cluster(itsCluster);
    if (group === undefined) continue;
    if (gathered.writtenAs(item) === item) sound.push({ group, cluster });
    if (cluster === undefined) {
      checkAlone(group, found);
      continue;
    }
    const workloads = expandAs({ group, cluster }, item);
    names.claim(item, workloads);
    const services = divided?.servicesOf(item);
    const expanded = { item, group, cluster, workloads, ...(services && { services }) };
    together.push(expanded);
    if (whole !== undefined) joined.push(expanded);
    checkPlace(item, found);
    keepOutOfCluster(outcome, gathered.writtenAs(item));
  }
  const parts = [...gathered.soundClusters(), ...gathered.clusterParts()];
  await checkPods(parts, sound, found);
  await checkServerKeys(parts, sound, found);
  await checkAutoscale(sound, output, found);
  await checkNetworkPolicies(sound, found);
  const bare = await madeOf(joined, isOperated, problems);
  const told = delivered(bare, read, settings, problems);
  const stays = wereRendered(groups, generated);
  const hasSafe = groups.some((item) => rollouts.isSafe(item));
  if (!stays) {
    const kept = groups.filter((item) => rollouts.keepsPlain(item));
    reportKept(new Set(kept.map((item) => gathered.writtenAs(item))), problems);
  }
  const beside = {
    gathered,
    joined,
    together,
    members,
    resolver,
    items,
    read,
    settings,
    hasSafe,
    stays,
    problems: found,
  };
  const { made, budgets, ofClusters, secrets, served } = await withBeside(told, beside);
  const shared = [...budgets, ...(divided?.services(told, settings) ?? [])];
  claimNames({ made, shared, ofClusters }, names);
  const tallies = generateAll({ made, shared, ofClusters }, stays, gathered, outcome);
  checkInstanceLabels(clusters, generated, problems);
  checkWaves(new Set([...clusters, ...groups.map((item) => gathered.writtenAs(item))]), problems);
  checkAutoscalerTargets(read, items, problems);
  names.checkAgainst(items);
  names.checkAgainstOperator(clusters);
  checkTogether(
    {
      clusters: gathered.soundClusters(),
      groups: together,
      items,
      read,
      resolver,
      output,
      secrets,
      served,
    },
    found,
  );
  gathered.passOn(found, problems);
  await checkHashedNames(items, read, problems);
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
  outcome.dropLeftovers(generated, [...groups, ...clusters]);
  const isGuarded = settings.guard && problems.errorCount === 0;
  if (isGuarded && (before.length > 0 || changesEarlier(gathered, outcome))) {
    const { guard } = await import('./guard.ts');
    await loadExpansions();
    guard({ items, gathered, changes: outcome, before, output, settings }, problems);
  }
  return outcome;
}

/** Groups with zones, or labels that name them, as plain ones. Loaded on demand: most groups are plain. */
async function divide(gathered: Gathered, resolver: ClusterResolver, problems: Problems): Promise<Divided> {
  const divided = await import('./divided.ts');
  return new divided.Divided(gathered, resolver, problems);
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

/** kustomize and kpt leave resources with this annotation out of the cluster, which does not know the kind. */
function keepOutOfCluster(outcome: Outcome, group: Item): void {
  if (isLocal(group.annotation(LOCAL_CONFIG)) || outcome.edits.has(group)) return;
  outcome.edit(group, [{ path: ['metadata', 'annotations'], set: { [LOCAL_CONFIG]: 'true' } }]);
}
