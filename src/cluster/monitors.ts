import { ADDED_CLUSTERS } from '../api/index.ts';
import type { Item } from '../list/index.ts';
import { isMap, type MapValue, type Value } from '../yaml/index.ts';
import type { Edit } from '../yaml-write/index.ts';

/** A TidbCluster in `spec.clusters`, and where it is there. */
interface Entry {
  readonly name: string;
  readonly namespace: string;
  readonly index: number;
  readonly written: MapValue;
}

/** The cluster that an entry of a monitor names, if it is among the resources. */
export type LookUp = (name: string, namespace: string) => Item | undefined;

/**
 * The edits by which a TidbMonitor watches the groups of the clusters that it watches, each as the TidbCluster of its
 * name. What an earlier render added and nobody wants any more goes; what a user wrote stays.
 */
export function monitorEdits(
  monitor: Item,
  members: ReadonlyMap<Item, readonly Item[]>,
  lookUp: LookUp,
): Edit[] {
  const entries = entriesOf(monitor);
  const addedBefore = new Set((monitor.annotation(ADDED_CLUSTERS) ?? '').split(',').filter(Boolean));
  const wanted = wantedOf(monitor, entries, members, lookUp);
  const title = ({ name, namespace }: { name: string; namespace: string }) =>
    namespace === monitor.namespace ? name : `${namespace}/${name}`;
  const going = entries.filter((entry) => addedBefore.has(title(entry)) && !wanted.has(title(entry)));
  const there = new Set(entries.map(title));
  const missing = [...wanted].filter(([key]) => !there.has(key)).sort(([a], [b]) => (a < b ? -1 : 1));
  const added = [...wanted.keys()].filter((key) => !there.has(key) || addedBefore.has(key)).sort();
  const path = ['spec', 'clusters'];
  return [
    ...droppedFrom(entries.length, going),
    ...(missing.length > 0 ? [{ path, append: missing.map(([, entry]) => entry) }] : []),
    ...annotationEdit(monitor, added.join(',')),
  ];
}

function entriesOf(monitor: Item): Entry[] {
  const { spec } = monitor.object;
  const clusters: Value | undefined = isMap(spec) ? spec.clusters : undefined;
  return (Array.isArray(clusters) ? clusters : []).flatMap((written, index): Entry[] => {
    if (!isMap(written) || typeof written.name !== 'string') return [];
    const namespace = (typeof written.namespace === 'string' && written.namespace) || monitor.namespace;
    return [{ name: written.name, namespace, index, written }];
  });
}

/** The entries for the groups, by title; each is written as the cluster's own is. */
function wantedOf(
  monitor: Item,
  entries: readonly Entry[],
  members: ReadonlyMap<Item, readonly Item[]>,
  lookUp: LookUp,
): Map<string, MapValue> {
  const wanted = new Map<string, MapValue>();
  for (const { name, written } of entries) {
    const cluster = lookUp(name, typeof written.namespace === 'string' ? written.namespace : '');
    for (const group of (cluster && members.get(cluster)) ?? []) {
      const isElsewhere = group.namespace !== monitor.namespace;
      const namespace = isElsewhere || written.namespace !== undefined ? { namespace: group.namespace } : {};
      const domain =
        typeof written.clusterDomain === 'string' ? { clusterDomain: written.clusterDomain } : {};
      const title = isElsewhere ? `${group.namespace}/${group.name}` : group.name;
      wanted.set(title, { name: group.name, ...namespace, ...domain });
    }
  }
  return wanted;
}

function droppedFrom(count: number, going: readonly Entry[]): Edit[] {
  if (going.length === 0) return [];
  if (going.length === count) return [{ path: ['spec'], set: { clusters: [] } }];
  return [{ path: ['spec', 'clusters'], drop: going.map(({ index }) => index) }];
}

function annotationEdit(monitor: Item, text: string): Edit[] {
  const path = ['metadata', 'annotations'];
  const current = monitor.annotation(ADDED_CLUSTERS);
  if (text === (current ?? '')) return [];
  return [text === '' ? { path, remove: [ADDED_CLUSTERS] } : { path, set: { [ADDED_CLUSTERS]: text } }];
}
