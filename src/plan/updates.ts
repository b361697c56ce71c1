import { asCreated, asUpdated, complete, type RefusedField, refusedFields } from '../kubernetes/index.ts';
import { type MapValue, sameValue, textAt, type Value, valueAt } from '../yaml/index.ts';
import type { Workload } from './workload.ts';

/** A resource of a workload that is applied over its earlier state. */
export interface Update {
  readonly old: MapValue;
  readonly now: MapValue;
}

/** The resources that are on both sides. */
export function updatesOf(old: readonly MapValue[], now: readonly MapValue[]): Update[] {
  return now.flatMap((resource) => {
    const before = old.find((candidate) => isSame(candidate, resource));
    return before === undefined ? [] : [{ old: before, now: resource }];
  });
}

function isSame(a: MapValue, b: MapValue): boolean {
  return a.kind === b.kind && textAt(a, 'metadata', 'name') === textAt(b, 'metadata', 'name');
}

/**
 * What an update does to the stored value. `kept`: the manifest has another value, but Kubernetes keeps the stored one.
 * `refused`: Kubernetes takes no such update, and it would restart nothing.
 */
export type Effect = 'restart' | 'refused' | 'in-place' | 'kept' | 'none';

export function effectOf({ old, now }: Update): Effect {
  if (sameValue(old, now)) return 'none';
  const [before, after] = [asCreated(old), asUpdated(old, now)];
  if (!sameValue(before, after)) {
    return now.kind === 'StatefulSet' && !sameValue(templateOf(before), templateOf(after))
      ? 'restart'
      : 'in-place';
  }
  return sameValue(before, asCreated(now)) ? 'none' : 'kept';
}

const BY_WEIGHT: readonly Effect[] = ['restart', 'refused', 'in-place', 'kept', 'none'];

/** The effect of a change of a workload's resources. Adding or removing one restarts nothing. */
export function effectOn(old: readonly MapValue[], now: readonly MapValue[]): Effect {
  const updates = updatesOf(old, now);
  const isWhole = updates.length === old.length && updates.length === now.length;
  return heaviest([isWhole ? 'none' : 'in-place', ...updates.map(effectOf)]);
}

export function heaviest(effects: readonly Effect[]): Effect {
  return BY_WEIGHT.find((effect) => effects.includes(effect)) ?? 'none';
}

/** What a change does to the pods of a workload. */
export function effectOnPods(old: Pods, now: Pods): Effect {
  if (old.resource !== undefined && now.resource !== undefined) {
    return effectOf({ old: old.resource, now: now.resource });
  }
  const [before, after] = [old, now].map(({ template }) => complete('PodTemplateSpec', template));
  return sameValue(before, after) ? 'none' : 'restart';
}

type Pods = Pick<Workload, 'resource' | 'template'>;

/** Whether the pods restart: exactly if the stored template differs. */
export function restarts(old: Workload, now: Workload): boolean {
  return !old.suspended && !now.suspended && effectOnPods(old, now) === 'restart';
}

function templateOf(set: MapValue): Value | undefined {
  return valueAt(set, 'spec', 'template');
}

/** An update of which Kubernetes refuses a field, and with it all of the resource. */
export interface RefusedUpdate extends Update {
  readonly field: RefusedField;
}

export function refusedUpdates(old: readonly MapValue[], now: readonly MapValue[]): RefusedUpdate[] {
  return updatesOf(old, now).flatMap((update) =>
    refusedFields(update.old, update.now).map((field) => ({ ...update, field })),
  );
}
