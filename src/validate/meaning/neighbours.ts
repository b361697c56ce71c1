import { ADDED_CLUSTERS } from '../../api/index.ts';
import type { Item } from '../../list/index.ts';
import { Field, type Path, type Problems } from '../../problem/index.ts';
import type { ClusterResolver } from '../../resolve/index.ts';
import { isMap, type Value } from '../../yaml/index.ts';
import { show } from '../structure/show.ts';
import type { Joined } from './together.ts';

/** A TidbCluster as another resource names it. */
interface Mention {
  readonly name: Value | undefined;
  readonly namespace: Value | undefined;
  readonly path: Path;
}

/** The kinds that name TidbClusters, and where they do. */
const MENTIONS: { readonly [kind: string]: (spec: { [key: string]: Value }) => Mention[] } = {
  TidbMonitor: ({ clusters }) =>
    (Array.isArray(clusters) ? clusters : []).flatMap((cluster, index) =>
      isMap(cluster) ? reference(cluster, ['spec', 'clusters', index]) : [],
    ),
  TidbInitializer: ({ cluster }) => (isMap(cluster) ? reference(cluster, ['spec', 'cluster']) : []),
  Backup: ({ br }) =>
    isMap(br) ? [{ name: br.cluster, namespace: br.clusterNamespace, path: ['spec', 'br', 'cluster'] }] : [],
};

function reference({ name, namespace }: { [key: string]: Value }, path: Path): Mention[] {
  return [{ name, namespace, path: [...path, 'name'] }];
}

/** Warns about resources of the operator that name a missing TidbCluster. */
export function checkNeighbours(
  items: readonly Item[],
  groups: readonly Joined[],
  resolver: ClusterResolver,
  problems: Problems,
): void {
  let instances: Set<string> | undefined;
  for (const item of items) {
    const mentions = Object.hasOwn(MENTIONS, item.kind) ? MENTIONS[item.kind] : undefined;
    if (mentions === undefined || !item.isRead || !item.apiVersion.startsWith('pingcap.com/')) continue;
    const { spec } = item.object;
    if (!isMap(spec)) continue;
    let added: ReadonlySet<string> | undefined;
    for (const { name, namespace, path } of mentions(spec)) {
      if (typeof name !== 'string' || name === '') continue;
      const where = (typeof namespace === 'string' && namespace) || item.namespace;
      instances ??= new Set(
        groups.map(({ group }) => `${group.origin.id.namespace}/${group.origin.id.name}`),
      );
      // A group may be named too: the operator monitors it where it comes out as a TidbCluster.
      if (resolver.isKnown(name, where) || instances.has(`${where}/${name}`)) continue;
      // An entry that an earlier render added is removed automatically.
      added ??= new Set(item.annotation(ADDED_CLUSTERS)?.split(','));
      if (added.has(where === item.namespace ? name : `${where}/${name}`)) continue;
      if (resolver.mayBeLost(name, where)) continue;
      const wanted = where === '' ? show(name) : `${show(name)} in namespace ${show(where)}`;
      const known = resolver.names(item);
      const advice =
        known === ''
          ? 'there is no TidbCluster among the resources'
          : `the resources have ${known}: name one of them`;
      const at = new Field(item, problems, path);
      at.add('neighbour-not-found', `must name a TidbCluster, but ${wanted} does not exist; ${advice}`);
    }
  }
}
