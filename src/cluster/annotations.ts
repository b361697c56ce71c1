import { RENDERED } from '../api/index.ts';
import { GROUP_COMPONENTS } from '../components/index.ts';
import type { Item } from '../list/index.ts';
import type { MapValue } from '../yaml/index.ts';
import type { Edit } from '../yaml-write/index.ts';

/**
 * The edits by which a TidbCluster says which groups belong to it, as sorted names, separated by commas, and by `tally`
 * what was rendered from them. `more` are other annotations to add.
 */
export function groupAnnotations(
  cluster: Item,
  groups: readonly Item[],
  tally: string,
  more: MapValue = {},
): Edit[] {
  const set: MapValue = {};
  const remove: string[] = [];
  const current = cluster.annotations();
  const texts = GROUP_COMPONENTS.map(({ group: { kind, annotation } }) => {
    const names = groups.filter((group) => group.kind === kind).map((group) => nameSeenFrom(cluster, group));
    return [annotation, names.sort().join(',')] as const;
  });
  for (const [key, text] of [...texts, [RENDERED, tally] as const]) {
    if (text === '' && current[key] !== undefined) remove.push(key);
    if (text !== '' && current[key] !== text) set[key] = text;
  }
  const path = ['metadata', 'annotations'];
  const added = { ...set, ...more };
  return [
    ...(Object.keys(added).length > 0 ? [{ path, set: added }] : []),
    ...remove.map((key) => ({ path, remove: [key] })),
  ];
}

function nameSeenFrom(cluster: Item, { name, namespace }: Item): string {
  return namespace === cluster.namespace ? name : `${namespace}/${name}`;
}

/** A group that a TidbCluster says is its own, and the annotation that says so. */
export interface NamedGroup {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly key: string;
}

/** The groups that a TidbCluster says belong to it, as `groupAnnotations` writes them. */
export function groupsNamedBy(cluster: Item): NamedGroup[] {
  return GROUP_COMPONENTS.flatMap(({ group: { kind, annotation: key } }) =>
    (cluster.annotation(key) ?? '')
      .split(',')
      .filter((text) => text !== '')
      .map((text) => {
        const [name = '', namespace = cluster.namespace] = text.split('/').reverse();
        return { kind, namespace, name, key };
      }),
  );
}
