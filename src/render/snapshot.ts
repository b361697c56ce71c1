import { nameInZone, type Zone, zoneOf } from '../api/index.ts';
import { waitsForWaves } from '../gitops/index.ts';
import { isToolAnnotation } from '../krm/index.ts';
import { type Changes, type Item, metadataOf } from '../list/index.ts';
import {
  addressOf,
  type ClusterObject,
  type GroupObject,
  type GroupSource,
  nameOf,
  type Snapshot,
} from '../plan/index.ts';
import { Problems } from '../problem/index.ts';
import { ClusterResolver } from '../resolve/index.ts';
import { type MapValue, mapAt } from '../yaml/index.ts';
import type { Gathered } from './gather.ts';
import { ownerNamed } from './generated.ts';
import { GroupStates } from './group-states.ts';
import { isOnlyForTools } from './manifests.ts';
import { render } from './render.ts';
import type { Settings } from './settings.ts';

/**
 * The result of rendering resources, for a comparison: groups are rendered, and what was rendered before stays where
 * there are no groups. Counts only where no error was reported.
 */
export async function takeSnapshot(
  items: readonly Item[],
  problems: Problems,
  settings: Settings,
): Promise<Snapshot> {
  // A config is compared by what it says, and not by how it is written.
  const shared = { guard: false, canonicalConfig: true };
  const changes = await render(items, problems, { ...settings, ...shared });
  const { gathered } = changes;
  // If there is no group, the resources marked as rendered are all that is known of groups.
  const snapshot = snapshotAfter(items, changes, gathered, gathered.groups.length === 0);
  return {
    ...snapshot,
    isOrdered: waitsForWaves(settings),
    hasFilesForTools: items.some(isOnlyForTools),
  };
}

/** The resources after the changes of a render; with `keepsAll` nothing is dropped. */
export function snapshotAfter(
  items: readonly Item[],
  changes: Changes,
  gathered: Gathered,
  keepsAll: boolean,
): Snapshot {
  const states = new GroupStates();
  for (const item of items) {
    const stays = item.isRead && (keepsAll || !changes.drops.has(item));
    if (stays) states.add(withoutToolAnnotations(changes.replacements.get(item) ?? item.object), true);
    for (const added of changes.additions.get(item) ?? []) states.add(withoutToolAnnotations(added), false);
  }
  const sources = sourcesOf(gathered);
  return {
    ofClusters: states.ofClusters,
    clusters: gathered.clusters
      .filter((item) => gathered.cluster(item) !== undefined)
      .map((item) => asCluster(item.editedObject(changes.edits.get(item) ?? []))),
    groups: states.all((owner) => {
      const source = sources.get(owner);
      return source && { source, cluster: addressOf(nameOf(source.cluster)) };
    }),
  };
}

/** The output of earlier renders, besides the clusters. */
export function snapshotOfEarlier(generated: Iterable<Item>, clusters: Snapshot['clusters']): Snapshot {
  const states = new GroupStates();
  for (const item of generated) states.add(withoutToolAnnotations(item.object), true);
  return { clusters, ofClusters: states.ofClusters, groups: states.all(() => undefined) };
}

function asCluster(object: MapValue): ClusterObject {
  return withoutToolAnnotations(object) as ClusterObject;
}

/** What each group is rendered from, by its namespace and mark. */
function sourcesOf(gathered: Gathered): Map<string, GroupSource> {
  const resolver = new ClusterResolver(gathered.clusters, new Problems());
  const sources = new Map<string, GroupSource>();
  const zones = new Map<Item, ReadonlyMap<string, string>>();
  for (const item of gathered.groups) {
    const itsCluster = resolver.resolve(item);
    const cluster = itsCluster && gathered.cluster(itsCluster);
    const group = gathered.group(item);
    if (group === undefined || cluster === undefined) continue;
    const written = gathered.writtenAs(item);
    const { kind, namespace, name } = written;
    if (!zones.has(written)) zones.set(written, zonesByName(gathered.group(written)?.object));
    const zone = zones.get(written)?.get(item.name);
    sources.set(ownerNamed(item), {
      group: withService(group.object, written.object),
      cluster: cluster.object,
      ...(name !== item.name && { written: { kind, namespace, name } }),
      ...(zone !== undefined && { zone }),
    });
  }
  return sources;
}

/** A zone that keeps the name of its group with the `service` of that, which is rendered over all zones. */
function withService(group: GroupObject, written: MapValue): GroupObject {
  const [spec, { service }] = [mapAt(group, 'spec'), mapAt(written, 'spec')];
  if (service === undefined || 'service' in spec) return group;
  return Object.assign({}, group, { spec: { ...group.spec, service } });
}

/** The zones of a group by the names of what stands for them. */
function zonesByName(group: GroupObject | undefined): ReadonlyMap<string, string> {
  const zones: readonly Zone[] = (group && 'zones' in group.spec && group.spec.zones) || [];
  return new Map(zones.map((zone) => [nameInZone(group?.metadata.name ?? '', zone), zoneOf(zone).name]));
}

function withoutToolAnnotations(resource: MapValue): MapValue {
  const metadata = metadataOf(resource);
  const annotations = mapAt(metadata, 'annotations');
  const kept = Object.entries(annotations).filter(([key]) => !isToolAnnotation(key));
  const { annotations: _, ...rest } = metadata;
  const own = kept.length > 0 ? { ...rest, annotations: Object.fromEntries(kept) } : rest;
  return { ...resource, metadata: own };
}
