import { IDS } from '../krm/index.ts';
import { isMap, type MapValue, type Value } from '../yaml/index.ts';
import type { Edit } from '../yaml-write/index.ts';
import type { Changes } from './changes.ts';
import type { Item } from './item.ts';
import { metadataOf } from './metadata.ts';

/**
 * The changes, with the ids taken off the items that must not be matched with what they were.
 *
 * kustomize and kpt lay an item that comes back over the one they gave, node by node, to copy comments and the order of
 * keys onto it (`copyCommentsAndSyncOrder` of kyaml's `runtimeutil`). A node of another kind, as a config that was a map
 * and is a text, makes that fail, and the whole build with it: "wrong node kind". Items of lists are matched by their
 * positions, so that a comment would move on where one before it goes. An item without ids is taken as it comes; edits
 * keep comments and order themselves.
 */
export function matchable(changes: Changes): Changes {
  const edits = new Map(changes.edits);
  const replacements = new Map(changes.replacements);
  for (const [item, its] of edits) {
    const ids = idsOf(item);
    if (ids.length === 0 || !its.some((edit) => edit.drop !== undefined || setsKind(item.object, edit)))
      continue;
    // One by one: of a map in braces, two entries do not go at a time.
    edits.set(item, [...its, ...ids.map((id) => ({ path: ['metadata', 'annotations'], remove: [id] }))]);
  }
  for (const [item, value] of replacements) {
    if (changesKind(item.object, value)) replacements.set(item, withoutIds(value));
  }
  return { ...changes, edits, replacements };
}

function idsOf(item: Item): string[] {
  return IDS.filter((id) => item.annotation(id) !== undefined);
}

/** Whether an edit gives a node, or one on the way to it, another kind. */
function setsKind(before: Value, { path, set = {} }: Edit): boolean {
  let holder: Value | undefined = before;
  for (const step of path) {
    holder = Array.isArray(holder)
      ? holder[Number(step)]
      : isMap(holder)
        ? ownOf(holder, String(step))
        : holder;
    if ((holder ?? null) !== null && kindOf(holder) === 'scalar') return true;
  }
  const map = isMap(holder) ? holder : {};
  return Object.entries(set).some(([key, value]) => changesKind(ownOf(map, key), value));
}

function ownOf(map: MapValue, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/**
 * Whether a node has become one of another kind; null, and what is not there, goes with every kind. Items of a list are
 * those of the same position, or of the same name.
 */
function changesKind(before: Value | undefined, after: Value | undefined): boolean {
  if (before === after || (before ?? null) === null || (after ?? null) === null) return false;
  if (Array.isArray(before) && Array.isArray(after)) {
    const named = new Map(after.map((item) => [nameOf(item), item]));
    return before.some((item, index) => {
      const name = nameOf(item);
      const others = new Set([after[index], name === undefined ? undefined : named.get(name)]);
      return [...others].some((other) => changesKind(item, other));
    });
  }
  if (isMap(before) && isMap(after)) {
    return Object.entries(before).some(([key, value]) => changesKind(value, ownOf(after, key)));
  }
  return kindOf(before) !== kindOf(after);
}

function nameOf(item: Value): Value | undefined {
  return isMap(item) ? item.name : undefined;
}

function kindOf(value: Value | undefined): 'list' | 'map' | 'scalar' {
  if (Array.isArray(value)) return 'list';
  return isMap(value) ? 'map' : 'scalar';
}

function withoutIds(resource: MapValue): MapValue {
  const { annotations, ...metadata } = metadataOf(resource);
  const kept = Object.entries(isMap(annotations) ? annotations : {}).filter(([key]) => !IDS.includes(key));
  return { ...resource, metadata: { ...metadata, annotations: Object.fromEntries(kept) } };
}
