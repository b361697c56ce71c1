import { GENERATED_BY } from '../api/index.ts';
import { useOfFiles } from '../gitops/index.ts';
import { isToolAnnotation } from '../krm/index.ts';
import { type Item, metadataOf, withAnnotations } from '../list/index.ts';
import { type MapValue, sameValue } from '../yaml/index.ts';

type Named = Pick<Item, 'kind' | 'namespace' | 'name'>;

/** How a resource in a namespace names a group: `TiKVGroup/hot`, or `TiKVGroup/other/hot` where that is in another one. */
export function markOf({ kind, name, namespace }: Named, home = namespace): string {
  return home === namespace ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}

/** Identifies a group across namespaces, as `ownersOf` does. */
export function ownerNamed(group: Named): string {
  return `${group.namespace}/${markOf(group)}`;
}

/** The groups that a generated resource belongs to; none where it was not generated. */
export function ownersOf(item: Item): string[] {
  return ownersMarked(item.namespace, item.annotation(GENERATED_BY));
}

/** The same of a resource as a value. */
export function ownersIn(resource: MapValue): string[] {
  const { namespace = '', annotations = null } = metadataOf(resource);
  const mark = metadataOf({ metadata: annotations })[GENERATED_BY];
  return ownersMarked(String(namespace), typeof mark === 'string' ? mark : undefined);
}

function ownersMarked(namespace: string, mark: string | undefined): string[] {
  return mark === undefined ? [] : mark.split(',').map((owner) => ownerSeenFrom(namespace, owner));
}

function ownerSeenFrom(home: string, owner: string): string {
  const [kind = '', namespace = '', name] = owner.split('/');
  return name === undefined ? `${home}/${owner}` : `${namespace}/${kind}/${name}`;
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

/**
 * What a generated resource is to its group. The name of a Job or a ConfigMap changes with what is in it, yet it stays the
 * group's Job or ConfigMap; of Services a group may have two, and so of
 * ConfigMaps one for its servers, one for a drain, and one for Prometheus.
 */
export function roleOf(kind: string, name: string): string {
  const use = kind === 'ConfigMap' ? useOfFiles(name) : '';
  if (use !== '') return `${kind}/${use}`;
  return kind === 'Service' ? `${kind}/${name}` : kind;
}

/** The annotations that kustomize or kpt put on an item, to be kept where its contents are replaced. */
export function toolAnnotations(item: Item): MapValue {
  return Object.fromEntries(Object.entries(item.annotations()).filter(([key]) => isToolAnnotation(key)));
}

/** Whether an item says what a new resource says, the tools' annotations aside. */
export function saysTheSame(item: Item, object: MapValue): boolean {
  return sameValue(item.object, withAnnotations(object, toolAnnotations(item)));
}
