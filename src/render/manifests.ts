import { API_VERSION } from '../api/index.ts';
import { isGroupKind } from '../components/index.ts';
import { isLocal, LOCAL_CONFIG, TOOL_GROUPS } from '../krm/index.ts';
import { type Changes, type Item, manifestOf, metadataOf, type Piece } from '../list/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { writeMap } from '../yaml-write/index.ts';
import { withoutFrame } from './frame.ts';

/** A plain manifest, and the name of its resource. */
export interface Manifest {
  readonly kind: string;
  readonly name: string;
  /** What its name begins with, where the end changes with what is in it. */
  readonly stem?: string;
  readonly namespace: string;
  readonly text: Piece;
  /** What it is, or the group that it was made of. */
  readonly origin: Item;
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
      if (replacement !== undefined) result.push(written(replacement, item));
      else result.push(handedOn(item, changes));
    }
    for (const added of changes.additions.get(item) ?? []) result.push(written(added, item));
  }
  return result;
}

function handedOn(item: Item, changes: Changes): Manifest {
  const { kind, name, namespace } = item;
  const text = withoutFrame(manifestOf(item, changes.edits.get(item) ?? []));
  return { kind, name, namespace, text, origin: item };
}

const NAMED_AFTER_CONTENTS: readonly unknown[] = ['ConfigMap', 'Job'];

function written(object: MapValue, origin: Item): Manifest {
  const { name, namespace } = metadataOf(object);
  return {
    kind: String(object.kind),
    name: String(name),
    ...(NAMED_AFTER_CONTENTS.includes(object.kind) && { stem: String(name).replace(/-[0-9a-f]{7}$/, '') }),
    namespace: String(namespace ?? ''),
    text: writeMap(object),
    origin,
  };
}

const GROUPS_FOR_TOOLS = [...TOOL_GROUPS, 'groups.pingcap.com/'];

export function isGroup({ apiVersion, kind }: Item): boolean {
  return apiVersion === API_VERSION && isGroupKind(kind);
}

/** Whether its kind is one of kustomize, kpt or their functions, and none of a cluster. */
export function isOfTool({ apiVersion }: Item): boolean {
  return GROUPS_FOR_TOOLS.some((group) => apiVersion.startsWith(group));
}

function isForTools(item: Item): boolean {
  return isGroup(item) || isOnlyForTools(item);
}

/** Whether it is no group, and is applied to no cluster either. */
export function isOnlyForTools(item: Item): boolean {
  if (isGroup(item)) return false;
  return isOfTool(item) || (item.isRead && isLocal(item.annotation(LOCAL_CONFIG)));
}
