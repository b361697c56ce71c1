import { GENERATED_BY } from '../api/index.ts';
import { namesMadeOf, useOfFiles } from '../gitops/index.ts';
import { isToolAnnotation } from '../krm/index.ts';
import { annotationOf, type Item, metadataOf, withAnnotations } from '../list/index.ts';
import { type MapValue, sameValue } from '../yaml/index.ts';

type Named = Pick<Item, 'kind' | 'namespace' | 'name'>;

export function markOf({ kind, name }: Pick<Named, 'kind' | 'name'>): string {
  return `${kind}/${name}`;
}

/** Identifies a group across namespaces, as `ownersOf` does. */
export function ownerNamed(group: Named): string {
  return `${group.namespace}/${markOf(group)}`;
}

/** The owners of what is rendered from a group: itself, or what stands for it in each of its zones. */
export function ownersMadeOf(group: Item): string[] {
  return namesMadeOf(group).map((name) => ownerNamed({ ...group.id, name }));
}

/**
 * The groups that a generated resource belongs to, or the TidbCluster, where it is for the servers of that; none where it
 * was not generated.
 */
export function ownersOf(item: Item): string[] {
  return ownersMarked(item.namespace, item.annotation(GENERATED_BY));
}

/** The same of a resource as a value. */
export function ownersIn(resource: MapValue): string[] {
  const { namespace = '' } = metadataOf(resource);
  return ownersMarked(String(namespace), annotationOf(resource, GENERATED_BY));
}

function ownersMarked(namespace: string, mark: string | undefined): string[] {
  return mark === undefined ? [] : mark.split(',').map((owner) => `${namespace}/${owner}`);
}

/** Files an item under each group that it belongs to, and returns these. */
export function addByOwner(byOwner: Map<string, Item[]>, item: Item): string[] {
  const owners = ownersOf(item);
  for (const owner of owners) {
    const others = byOwner.get(owner);
    if (others === undefined) byOwner.set(owner, [item]);
    else others.push(item);
  }
  return owners;
}

/** Kinds of which a group may have several, each under a name that stays. */
const SEVERAL = new Set(['Certificate', 'NetworkPolicy', 'Service']);

/**
 * What a generated resource is to its group. The name of a Job or a ConfigMap changes with what is in it, yet it stays the
 * group's Job or ConfigMap; and of ConfigMaps it may have one for its servers, one for a drain, and one for Prometheus.
 */
export function roleOf(kind: string, name: string): string {
  const use = kind === 'ConfigMap' ? useOfFiles(name) : '';
  if (use !== '') return `${kind}/${use}`;
  return SEVERAL.has(kind) ? `${kind}/${name}` : kind;
}

/** The annotations that kustomize or kpt put on an item, to be kept where its contents are replaced. */
export function toolAnnotations(item: Item): MapValue {
  return Object.fromEntries(Object.entries(item.annotations()).filter(([key]) => isToolAnnotation(key)));
}

/** Whether an item says what a new resource says, the tools' annotations aside. */
export function saysTheSame(item: Item, object: MapValue): boolean {
  return sameValue(item.object, withAnnotations(object, toolAnnotations(item)));
}

/** Whether an owner, as `ownersOf` names it, is a TidbCluster. */
export function isCluster(owner: string): boolean {
  return owner.split('/')[1] === 'TidbCluster';
}
