import { API_VERSION, GENERATED_BY, RENDERED } from '../api/index.ts';
import { groupsNamedBy } from '../cluster/index.ts';
import { byKind, isGroupKind } from '../components/index.ts';
import { type Changes, type Item, metadataOf } from '../list/index.ts';
import { allBy } from '../lookup/index.ts';
import type { Path, Problems } from '../problem/index.ts';
import { isMap, type MapValue, mapAt, type Value } from '../yaml/index.ts';
import { addByOwner, isCluster, ownerNamed, ownersIn, ownersMadeOf } from './generated.ts';
import { isGroup } from './manifests.ts';
import { tallyOf } from './tally.ts';

/**
 * Reports what is not rendered, incomplete, or was renamed afterwards: kustomize skips functions that it was not told
 * to run, with exit status 0; a pipe may be truncated; and a later layer may rename resources, but not the names in
 * their start scripts. `changes` are what a render would make of the items.
 */
export function reportUnrendered(items: readonly Item[], changes: Changes, problems: Problems): void {
  const made = new Map<string, Item[]>();
  const groups = new Map<string, Item>();
  for (const item of items) if (item.isRead) addByOwner(made, item);
  for (const item of items) {
    if (!isGroup(item)) continue;
    const owners = ownersMadeOf(item);
    for (const owner of owners) groups.set(owner, item);
    if (owners.some((owner) => !made.has(owner))) reportGroup(item, problems);
  }
  const named = new Set<string>();
  const faulty = new Set<string>();
  const clusters = items.filter(
    ({ kind, apiVersion }) => kind === 'TidbCluster' && apiVersion === API_VERSION,
  );
  for (const cluster of clusters) {
    for (const { key, ...group } of groupsNamedBy(cluster)) {
      const owner = ownerNamed(group);
      named.add(owner);
      if (made.has(owner)) continue;
      faulty.add(owner);
      reportMissing(cluster, key, owner, problems);
    }
  }
  const there = new Set(items.map(titleOf));
  const lacking = new Map(
    [...changes.additions].map(([group, resources]) => [group, allBy(resources, ownersIn)]),
  );
  for (const [owner, parts] of made) {
    if (isCluster(owner)) continue;
    const group = groups.get(owner);
    const lacks = group && (lacking.get(group)?.get(owner) ?? []);
    const before = problems.errorCount;
    reportParts({ owner, parts, isNamed: named.has(owner), lacks, there }, problems);
    if (problems.errorCount > before) faulty.add(owner);
  }
  for (const cluster of clusters) {
    const owners = [...groupsNamedBy(cluster), cluster].map(ownerNamed);
    if (owners.some((owner) => faulty.has(owner))) continue;
    reportTally(cluster, new Set(owners.flatMap((owner) => made.get(owner) ?? [])), problems);
  }
  if (items.length > 0 && clusters.length === 0 && made.size === 0 && groups.size === 0) {
    const [first] = items;
    if (first !== undefined) reportNone(first, problems);
  }
}

/** What was rendered from a group. */
interface Parts {
  readonly owner: string;
  readonly parts: readonly Item[];
  readonly isNamed: boolean;
  /** What a render would add to the parts; undefined if the group itself is no longer there. */
  readonly lacks: readonly MapValue[] | undefined;
  /** The titles of all resources. */
  readonly there: ReadonlySet<string>;
}

function titleOf({ kind, namespace, name }: Pick<Item, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace}/${name}`;
}

function reportGroup(group: Item, problems: Problems): void {
  const message = `the ${group.kind} "${group.name}" must be rendered, but its workloads are missing; run the function: \`kustomize build\` needs --enable-alpha-plugins and --enable-exec`;
  problems.add('group-not-expanded', group, ['kind'], message);
}

const AGAIN = 'it was truncated, or edited by hand; render it again';

function reportMissing(cluster: Item, key: string, owner: string, problems: Problems): void {
  const [, kind, name] = owner.split('/');
  const message = `the TidbCluster names the ${kind} "${name}", but all resources rendered from it are missing: ${AGAIN}`;
  problems.add('render-incomplete', cluster, ['metadata', 'annotations', key], message);
}

/** Whatever is missing that nothing else tells of, such as a Service for clients. */
function reportTally(cluster: Item, parts: ReadonlySet<Item>, problems: Problems): void {
  const said = cluster.annotation(RENDERED);
  const there = tallyOf(
    [...parts].map((part) => ({
      kind: part.kind,
      name: part.name,
      mark: part.annotation(GENERATED_BY) ?? '',
    })),
  );
  if (said === undefined || said === there) return;
  const [count] = said.split('-');
  const found = count === String(parts.size) ? 'other resources are present' : `${parts.size} are present`;
  const message = `the TidbCluster says that ${count} resources were rendered from its groups, but ${found}: ${AGAIN}`;
  problems.add('render-incomplete', cluster, ['metadata', 'annotations', RENDERED], message);
}

function reportNone(first: Item, problems: Problems): void {
  const message = `a render must have a TidbCluster, but there is none, and no group or anything rendered from one: ${AGAIN}, or check the path`;
  problems.add('render-incomplete', first, ['kind'], message);
}

/** A group's own workload: without it there are no servers, whatever else there is. */
function reportParts({ owner, parts, isNamed, lacks, there }: Parts, problems: Problems): void {
  const [, kind = '', name] = owner.split('/');
  const [first] = parts;
  const main = parts.find((part) => isRunner(part.kind));
  if (first === undefined) return;
  if (main === undefined) {
    const message = `this was rendered from the ${kind} "${name}", but its StatefulSet is missing: ${AGAIN}`;
    problems.add('render-incomplete', first, MARK, message);
    return;
  }
  if (!isNamed) {
    const message = `this was rendered from the ${kind} "${name}", but no TidbCluster names it: ${AGAIN}`;
    problems.add('render-incomplete', first, MARK, message);
  }
  const expected = main.kind === 'TidbCluster' || !isGroupKind(kind) ? name : `${name}-${byKind[kind].name}`;
  if (main.name === expected) {
    reportRest(main, `the ${kind} "${name}"`, lacks ?? [], there, problems);
    return;
  }
  const message = `\`metadata.name\` is "${main.name}", but the ${kind} "${name}" was rendered as "${expected}": it was renamed afterwards, but start scripts still have the old names; run the function in the outermost kustomization, after all renames`;
  problems.add('render-renamed', main, ['metadata', 'name'], message);
}

const MARK = ['metadata', 'annotations', GENERATED_BY];

function isRunner(kind: Value | undefined): boolean {
  return kind === 'StatefulSet' || kind === 'TidbCluster';
}

/** Other resources of a group that are missing, according to its workload or the group itself. */
function reportRest(
  main: Item,
  group: string,
  lacks: readonly MapValue[],
  there: ReadonlySet<string>,
  problems: Problems,
): void {
  const { namespace } = main;
  const missing = new Set<string>();
  for (const { kind, name, path } of main.kind === 'StatefulSet' ? needsOf(main.object) : []) {
    const title = titleOf({ kind, namespace, name });
    if (there.has(title) || missing.has(title)) continue;
    missing.add(title);
    const message = `the ${kind} "${name}" of ${group} is missing: ${AGAIN}`;
    problems.add('render-incomplete', main, path, message);
  }
  // Where the workload itself would be added, the settings are others than those that it was rendered with.
  if (lacks.some(({ kind }) => isRunner(kind))) return;
  for (const resource of lacks) {
    const kind = String(resource.kind);
    const name = String(metadataOf(resource).name);
    if (missing.has(titleOf({ kind, namespace, name }))) continue;
    const message = `the ${kind} "${name}" of ${group} is missing: ${AGAIN}`;
    problems.add('render-incomplete', main, MARK, message);
  }
}

/** A resource that a StatefulSet of ours names, and where. */
interface Need {
  readonly kind: string;
  readonly name: string;
  readonly path: Path;
}

/** The volumes that are of the group's own ConfigMap; others may be there before, and need not be in a render. */
const OWN_VOLUMES: readonly (Value | undefined)[] = ['config', 'startup-script'];

function needsOf(set: MapValue): Need[] {
  const needs: Need[] = [];
  const { serviceName } = mapAt(set, 'spec');
  if (typeof serviceName === 'string') {
    needs.push({ kind: 'Service', name: serviceName, path: ['spec', 'serviceName'] });
  }
  const { volumes } = mapAt(set, 'spec', 'template', 'spec');
  const all = Array.isArray(volumes) ? volumes : [];
  all.forEach((volume, index) => {
    if (!isMap(volume) || !OWN_VOLUMES.includes(volume.name)) return;
    const { name } = mapAt(volume, 'configMap');
    const path = ['spec', 'template', 'spec', 'volumes', index, 'configMap', 'name'];
    if (typeof name === 'string') needs.push({ kind: 'ConfigMap', name, path });
  });
  return needs;
}
