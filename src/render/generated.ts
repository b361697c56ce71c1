import { type Item, isMap, isToolAnnotation, type MapValue, sameValue, setOwn } from '../list/index.ts';

/**
 * Marks what was generated, with the kind and name of the group: `TiKVGroup/hot`. What is of two groups, as a
 * TidbCluster may be, has both, with a comma between them.
 */
export const GENERATED_BY = 'groups.pingcap.com/generated-by';

export function markOf(group: Item): string {
  return `${group.kind}/${group.name}`;
}

/** Identifies a group across namespaces, as `ownersOf` does. */
export function ownerNamed(group: Item): string {
  return `${group.namespace}/${markOf(group)}`;
}

/** The groups that a generated resource belongs to; none where it was not generated. */
export function ownersOf(item: Item): string[] {
  const mark = item.annotation(GENERATED_BY);
  return mark === undefined ? [] : mark.split(',').map((owner) => `${item.namespace}/${owner}`);
}

/**
 * What a generated resource is to its group. A ConfigMap's name changes with its data, yet it stays the group's
 * ConfigMap; of Services a group may have two.
 */
export function roleOf(kind: string, name: string): string {
  return kind === 'Service' ? `${kind}/${name}` : kind;
}

export function metadataOf(object: MapValue): MapValue {
  return isMap(object.metadata) ? object.metadata : {};
}

export function withAnnotations(object: MapValue, added: MapValue): MapValue {
  const metadata = metadataOf(object);
  const annotations: MapValue = {};
  for (const source of [metadata.annotations, added]) {
    if (isMap(source)) for (const [key, value] of Object.entries(source)) setOwn(annotations, key, value);
  }
  return { ...object, metadata: { ...metadata, annotations } };
}

/** The annotations that kustomize or kpt put on an item, to be kept where its contents are replaced. */
export function toolAnnotations(item: Item): MapValue {
  return Object.fromEntries(Object.entries(item.annotations()).filter(([key]) => isToolAnnotation(key)));
}

/** Whether an item says what a new resource says, the tools' annotations aside. */
export function saysTheSame(item: Item, object: MapValue): boolean {
  return sameValue(item.object, withAnnotations(object, toolAnnotations(item)));
}
