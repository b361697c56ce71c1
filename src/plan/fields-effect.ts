import { sameValue, type Value } from '../yaml/index.ts';
import { type Outcome, sourceOf } from './field-sources.ts';
import { changedFields, type FieldChange } from './fields.ts';
import type { ChangedField } from './plan.ts';
import type { SourcedWorkload } from './snapshot.ts';
import { type Effect, effectOn, effectOnPods, heaviest, refusedUpdates, restarts } from './updates.ts';

/**
 * Which fields people changed, and which of them restart the pods: each is applied alone to the old side and reverted
 * alone on the new side, and the results decide. If only the render is known, the fields are those of the template. If
 * there are many changes, those in one field of the spec are tried together.
 */
export function fieldsOf(old: SourcedWorkload, now: SourcedWorkload): ChangedField[] {
  const before = sourceOf(old);
  const after = sourceOf(now);
  if (before === undefined || after === undefined) return templateFields(old, now);
  const [was, is] = [before.outcome(), after.outcome()];
  // The operator updates its own StatefulSets differently, and a handed-over one is created again.
  const isApplied = now.workload.runner === 'Kubernetes' && old.workload.runner === 'Kubernetes';
  const hasPods = !old.workload.suspended && !now.workload.suspended;
  // Changes may cancel each other, as where a setting moves from the cluster into a group.
  const total = effectBetween(was, is);
  const none = total === 'none' || total === 'kept' ? total : undefined;
  const found = before.candidates(after).flatMap(({ of, changes, own, alone, without }) => {
    const isRefused = isApplied && (isRefusedFrom(was, alone) || isRefusedFrom(without, is));
    const heavier = heaviest([
      effectBetween(was, alone),
      effectBetween(without, is),
      isRefused ? 'refused' : 'none',
    ]);
    const effect = none ?? (hasPods ? heavier : withoutPods(heavier));
    return changes.map((change): ChangedField & { own: boolean } => {
      return { of, field: change.field, ...sides(change), effect, own };
    });
  });
  const known = found
    .filter(({ own, effect }) => own || effect !== 'none')
    .map(({ own: _, ...field }): ChangedField => field);
  const unexplained =
    restarts(old.workload, now.workload) && !known.some(({ effect }) => effect === 'restart');
  return unexplained ? [...known, ...templateFields(old, now)] : known;
}

/** While servers are suspended, pods stop or start, and none restarts. */
function withoutPods(effect: Effect): Effect {
  return effect === 'restart' ? 'in-place' : effect;
}

function isRefusedFrom(old: Outcome, now: Outcome): boolean {
  return refusedUpdates(old.resources, now.resources).length > 0;
}

function effectBetween(old: Outcome, now: Outcome): Effect {
  const rest = sameValue(old.rest, now.rest) ? 'none' : 'in-place';
  const pods =
    old.pods === undefined || now.pods === undefined
      ? 'none'
      : effectOnPods(
          { resource: undefined, template: old.pods },
          { resource: undefined, template: now.pods },
        );
  return heaviest([effectOn(old.resources, now.resources), pods, rest]);
}

function sides({ old, new: now }: FieldChange): { old?: Value; new?: Value } {
  return { ...(old !== undefined && { old }), ...(now !== undefined && { new: now }) };
}

function templateFields(
  { workload: old }: SourcedWorkload,
  { workload: now }: SourcedWorkload,
): ChangedField[] {
  return changedFields(old.template, now.template).map((change) => ({
    of: `StatefulSet ${now.set}`,
    field: `spec.template.${change.field}`,
    ...sides(change),
    effect: 'restart',
  }));
}
