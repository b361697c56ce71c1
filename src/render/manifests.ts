import { LOCAL_CONFIG } from '../gitops/index.ts';
import {
  type Changes,
  type Item,
  type MapValue,
  manifestOf,
  metadataOf,
  type Piece,
  writeMap,
} from '../list/index.ts';
import { PINGCAP } from './interest.ts';

/** A plain manifest, and what its resource is called. */
export interface Manifest {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly text: Piece;
}

/**
 * The resources that belong in a cluster, as plain manifests: without groups, function configs, Kptfiles and what
 * else is only for tools.
 */
export function manifests(items: readonly Item[], changes: Changes): Manifest[] {
  const result: Manifest[] = [];
  for (const item of items) {
    const replacement = changes.replacements.get(item);
    if (!changes.drops.has(item) && !isForTools(item)) {
      if (replacement !== undefined) result.push(written(replacement));
      else result.push(handedOn(item, changes));
    }
    for (const added of changes.additions.get(item) ?? []) result.push(written(added));
  }
  return result;
}

function handedOn(item: Item, changes: Changes): Manifest {
  const { kind, name, namespace } = item;
  return { kind, name, namespace, text: manifestOf(item, changes.edits.get(item) ?? []) };
}

function written(object: MapValue): Manifest {
  const { name, namespace } = metadataOf(object);
  return {
    kind: String(object.kind),
    name: String(name),
    namespace: String(namespace ?? ''),
    text: writeMap(object),
  };
}

const TOOL_GROUPS = ['kpt.dev/', 'kustomize.config.k8s.io/', 'groups.pingcap.com/'];

export function isGroup({ apiVersion, kind }: Item): boolean {
  return apiVersion === PINGCAP && (kind === 'TiKVGroup' || kind === 'TiDBGroup');
}

function isForTools(item: Item): boolean {
  if (isGroup(item)) return true;
  if (TOOL_GROUPS.some((group) => item.apiVersion.startsWith(group))) return true;
  const local = item.isRead ? item.annotation(LOCAL_CONFIG) : undefined;
  return local !== undefined && local !== 'false';
}
