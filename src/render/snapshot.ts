import { type Changes, type Item, isToolAnnotation, type MapValue } from '../list/index.ts';
import {
  addressOf,
  type ClusterObject,
  type GroupObject,
  type GroupSource,
  type GroupState,
  nameOf,
  type Snapshot,
} from '../plan/index.ts';
import { Problems } from '../problem/index.ts';
import { ClusterResolver } from '../resolve/index.ts';
import { Gathered } from './gather.ts';
import { GENERATED_BY, markOf, metadataOf } from './generated.ts';
import { render } from './render.ts';
import type { Settings } from './settings.ts';

/**
 * What resources come to, for a comparison: groups are rendered, and what was rendered before stays where its group
 * is not among the resources. Counts only where no error was reported.
 */
export async function takeSnapshot(
  items: readonly Item[],
  problems: Problems,
  settings: Settings,
): Promise<Snapshot> {
  // A config is compared by what it says, and not by how it is written.
  const shared = { output: 'Workloads', canonicalConfig: true } as const;
  const changes = await render(items, problems, { ...settings, ...shared });
  const gathered = new Gathered(items, new Problems(), 'Workloads');
  const { clusters, groups } = gathered;
  const sources = sourcesOf(gathered);
  // Where there is no group at all, what is marked as rendered is all there is of groups.
  const isRenderedOnly = groups.length === 0;
  const states = new Map<string, { wasRendered: boolean; resources: MapValue[] }>();
  const add = (resource: MapValue, isThere: boolean) => {
    const owner = ownerIn(resource);
    if (owner === undefined) return;
    const state = states.get(owner) ?? { wasRendered: false, resources: [] };
    state.resources.push(withoutToolAnnotations(resource));
    states.set(owner, { ...state, wasRendered: state.wasRendered || isThere });
  };
  for (const item of items) {
    const stays = item.isRead && (isRenderedOnly || !changes.drops.has(item));
    if (stays) add(changes.replacements.get(item) ?? item.object, true);
    for (const added of changes.additions.get(item) ?? []) add(added, false);
  }
  return {
    clusters: clusters
      .filter((item) => gathered.cluster(item) !== undefined)
      .map((item) => edited(item, changes)),
    groups: [...states].map(([owner, state]) => groupState(owner, state, sources.get(owner))),
  };
}

function edited(item: Item, changes: Changes): ClusterObject {
  return withoutToolAnnotations(item.editedObject(changes.edits.get(item) ?? [])) as ClusterObject;
}

function groupState(
  owner: string,
  { resources, wasRendered }: Pick<GroupState, 'resources' | 'wasRendered'>,
  source: GroupSource | undefined,
): GroupState {
  const [namespace = '', kind = '', name = ''] = owner.split('/');
  return {
    owner: { kind, namespace, name },
    component: kind === 'TiKVGroup' ? 'tikv' : 'tidb',
    cluster: source === undefined ? '' : addressOf(nameOf(source.cluster)),
    resources,
    wasRendered,
    ...(source !== undefined && { source }),
  };
}

/** What each group is rendered from, by its namespace and mark. */
function sourcesOf(gathered: Gathered): Map<string, GroupSource> {
  const resolver = new ClusterResolver(gathered.clusters, new Problems());
  const sources = new Map<string, GroupSource>();
  for (const item of gathered.groups) {
    const cluster = resolver.resolve(item);
    if (gathered.group(item) === undefined || cluster === undefined) continue;
    if (gathered.cluster(cluster) === undefined) continue;
    const source = { group: item.object as GroupObject, cluster: cluster.object as ClusterObject };
    sources.set(`${item.namespace}/${markOf(item)}`, source);
  }
  return sources;
}

function ownerIn(resource: MapValue): string | undefined {
  const { namespace = '', annotations } = metadataOf(resource);
  const mark = metadataOf({ metadata: annotations ?? null })[GENERATED_BY];
  return typeof mark === 'string' ? `${namespace}/${mark}` : undefined;
}

function withoutToolAnnotations(resource: MapValue): MapValue {
  const metadata = metadataOf(resource);
  const annotations = metadataOf({ metadata: metadata.annotations ?? null });
  const kept = Object.entries(annotations).filter(([key]) => !isToolAnnotation(key));
  const { annotations: _, ...rest } = metadata;
  const own = kept.length > 0 ? { ...rest, annotations: Object.fromEntries(kept) } : rest;
  return { ...resource, metadata: own };
}
