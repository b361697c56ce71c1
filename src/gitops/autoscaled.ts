import { AUTOSCALED, GENERATED_BY } from '../api/index.ts';
import { byKind } from '../components/index.ts';
import type { Item } from '../list/index.ts';
import { isMap, type MapValue } from '../yaml/index.ts';

const AUTOSCALERS: { readonly [kind: string]: RegExp } = {
  HorizontalPodAutoscaler: /^autoscaling\//,
  ScaledObject: /^keda\.sh\//,
};

/** The autoscalers among resources, but for those that an earlier render made: these are of groups that say so. */
export function autoscalersIn(items: readonly Item[]): Item[] {
  return items.filter(
    (item) =>
      item.isRead && isAutoscaler(item.apiVersion, item.kind) && item.annotation(GENERATED_BY) === undefined,
  );
}

export function isAutoscaler(apiVersion: string, kind: string): boolean {
  return Object.hasOwn(AUTOSCALERS, kind) && AUTOSCALERS[kind]?.test(apiVersion) === true;
}

/** What an autoscaler scales, as it is written. */
export function targetOf({ object: { spec } }: Item): MapValue {
  return isMap(spec) && isMap(spec.scaleTargetRef) ? spec.scaleTargetRef : {};
}

/** What scales StatefulSets, by these: `namespace/name`. */
export type Autoscaled = ReadonlyMap<string, Item>;

/** The StatefulSets whose number of pods an autoscaler controls. */
export function autoscaledSets(items: readonly Item[]): Autoscaled {
  const sets = new Map<string, Item>();
  for (const item of autoscalersIn(items)) {
    const { kind, name, apiVersion = 'apps/v1' } = targetOf(item);
    if (kind === 'StatefulSet' && /^apps\//.test(String(apiVersion)))
      sets.set(`${item.namespace}/${name}`, item);
  }
  return sets;
}

/** Whether an autoscaler is rendered for a group. Other kinds cannot have one, which another check reports. */
export function hasAutoscaler({ kind, object: { spec } }: Item): boolean {
  return kind === byKind.TiDBGroup.group.kind && isMap(spec) && isMap(spec.autoscale);
}

/**
 * Whether something else controls the number of a group's servers: an autoscaler among the resources, or the group says
 * so.
 */
export function isAutoscaled(group: Item, set: MapValue, sets: Autoscaled): boolean {
  if (group.annotation(AUTOSCALED) === 'true' || hasAutoscaler(group)) return true;
  const { metadata } = set;
  return sets.has(`${group.namespace}/${isMap(metadata) ? metadata.name : ''}`);
}

/** A StatefulSet without `replicas`: applying a number would override the autoscaler. */
export function withoutReplicas(set: MapValue): MapValue {
  if (!isMap(set.spec)) return set;
  const { replicas: _, ...spec } = set.spec;
  return { ...set, spec };
}
