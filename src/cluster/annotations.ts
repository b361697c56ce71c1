import type { Edit, Item, MapValue } from '../list/index.ts';

const KINDS = [
  ['TiKVGroup', 'groups.pingcap.com/tikv'],
  ['TiDBGroup', 'groups.pingcap.com/tidb'],
] as const;

/** The edits by which a TidbCluster says which groups belong to it: sorted names, separated by commas. */
export function groupAnnotations(cluster: Item, groups: readonly Item[]): Edit[] {
  const set: MapValue = {};
  const remove: string[] = [];
  const current = cluster.annotations();
  for (const [kind, key] of KINDS) {
    const names = groups.filter((group) => group.kind === kind).map((group) => nameSeenFrom(cluster, group));
    const text = names.sort().join(',');
    if (text === '' && current[key] !== undefined) remove.push(key);
    if (text !== '' && current[key] !== text) set[key] = text;
  }
  const path = ['metadata', 'annotations'];
  return [
    ...(Object.keys(set).length > 0 ? [{ path, set }] : []),
    ...remove.map((key) => ({ path, remove: [key] })),
  ];
}

function nameSeenFrom(cluster: Item, { name, namespace }: Item): string {
  return namespace === cluster.namespace ? name : `${namespace}/${name}`;
}
