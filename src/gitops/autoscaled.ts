import { AUTOSCALED, switchOf } from '../api/index.ts';
import type { Item } from '../list/index.ts';
import { isMap, type MapValue } from '../yaml/index.ts';

const AUTOSCALERS: { readonly [kind: string]: RegExp } = {
  HorizontalPodAutoscaler: /^autoscaling\//,
  ScaledObject: /^keda\.sh\//,
};

export function isAutoscaler(apiVersion: string, kind: string): boolean {
  return Object.hasOwn(AUTOSCALERS, kind) && AUTOSCALERS[kind]?.test(apiVersion) === true;
}

/** What an autoscaler scales, as it is written. */
export function targetOf({ object: { spec } }: Item): MapValue {
  return isMap(spec) && isMap(spec.scaleTargetRef) ? spec.scaleTargetRef : {};
}

/** The StatefulSets whose number of pods an autoscaler controls, as `namespace/name`. */
export function autoscaledSets(items: readonly Item[]): Set<string> {
  const sets = new Set<string>();
  for (const item of items) {
    if (!item.isRead || !isAutoscaler(item.apiVersion, item.kind)) continue;
    const { kind, name, apiVersion = 'apps/v1' } = targetOf(item);
    if (kind === 'StatefulSet' && /^apps\//.test(String(apiVersion))) sets.add(`${item.namespace}/${name}`);
  }
  return sets;
}

/**
 * Whether something else controls the number of a group's servers: an autoscaler among the resources, or the group says
 * so.
 */
export function isAutoscaled(group: Item, set: MapValue, sets: ReadonlySet<string>): boolean {
  if (switchOf(group.annotation(AUTOSCALED)) === true) return true;
  const { metadata } = set;
  return sets.has(`${group.namespace}/${isMap(metadata) ? metadata.name : ''}`);
}

/** A StatefulSet without `replicas`: applying a number would override the autoscaler. */
export function withoutReplicas(set: MapValue): MapValue {
  if (!isMap(set.spec)) return set;
  const { replicas: _, ...spec } = set.spec;
  return { ...set, spec };
}
