import { type GroupsOfName, tidbClusterOf } from '../heterogeneous/index.ts';
import type { Item } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import type { Expanded } from './expanded.ts';
import type { Made } from './outcome.ts';

/** Groups as TidbClusters: those of one name that join one cluster become one. */
export function tidbClusters(joined: readonly Expanded[], problems: Problems): Made[] {
  const byName = new Map<string, { items: Item[]; groups: GroupsOfName }>();
  for (const { item, group, cluster } of joined) {
    const { id } = cluster.origin;
    const key = `${item.namespace}/${item.name} of ${id.namespace}/${id.name}`;
    const before = byName.get(key);
    const items = [...(before?.items ?? []), item];
    byName.set(key, { items, groups: { groups: [...(before?.groups.groups ?? []), group], cluster } });
  }
  return [...byName.values()].map(({ items, groups }) => ({
    groups: items,
    cluster: groups.cluster,
    stem: 'tidbcluster',
    resources: [tidbClusterOf(groups, problems)],
  }));
}
