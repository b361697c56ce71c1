import { asCreated, asUpdated } from '../kubernetes/index.ts';
import { type MapValue, sameValue } from '../yaml/index.ts';
import { configChanges } from './config-changes.ts';
import { changedFields } from './fields.ts';
import { fieldsOf } from './fields-effect.ts';
import { notesOnFiles, notesOnRemoval } from './left.ts';
import { notesOn } from './notes.ts';
import type { ChangedField, Verdict, WorkloadChange } from './plan.ts';
import { resourceName } from './resources.ts';
import type { SourcedWorkload } from './snapshot.ts';
import { effectOn, type RefusedUpdate, refusedUpdates, restarts, updatesOf } from './updates.ts';
import { volumeChanges } from './volumes.ts';
import { hasSet, titleOf, type Workload, workloadTitle } from './workload.ts';

/** A workload as it is on the two sides; one of them at least has it. */
export interface Pair {
  readonly old?: SourcedWorkload;
  readonly now?: SourcedWorkload;
}

/**
 * `hasOthers` says whether the cluster has more servers of the component; `rendered` has all resources of the new side by
 * their titles.
 */
export function compareWorkload(
  { old, now }: Pair,
  hasOthers: boolean,
  rendered: ReadonlyMap<string, MapValue>,
): WorkloadChange | undefined {
  if (old !== undefined && now !== undefined) return both(old, now, hasOthers);
  if (now !== undefined) return one(now.workload, 'created');
  return old === undefined ? undefined : one(old.workload, 'deleted', notesOnRemoval(old, rendered));
}

function one(
  workload: Workload,
  verdict: 'created' | 'deleted',
  notes: readonly string[] = [],
): WorkloadChange {
  const { replicas } = workload;
  const side = verdict === 'created' ? 'new' : 'old';
  return {
    ...headOf(workload),
    verdicts: [verdict],
    replicas: replicas === undefined ? {} : { [side]: replicas },
    fields: [],
    volumes: [],
    config: [],
    notes,
  };
}

function both(old: SourcedWorkload, now: SourcedWorkload, hasOthers: boolean): WorkloadChange {
  const [was, is] = [old.workload, now.workload];
  const volumes = hasSet(was) && hasSet(is) ? volumeChanges(was, is) : [];
  const config = configChanges(was, is, hasOthers);
  const written = sameSources(old, now) && !restarts(was, is) ? [] : fieldsOf(old, now);
  const acts =
    config.length > 0 || written.some(({ effect }) => effect === 'restart' || effect === 'in-place');
  const verdicts = verdictsOf(old, now, acts);
  const isUnexplained = verdicts.includes('changed-in-place') && !acts;
  const fields = isUnexplained ? [...written, ...renderedFields(old, now)] : written;
  const change = {
    ...headOf(is),
    verdicts,
    replicas: {
      ...(was.replicas !== undefined && { old: was.replicas }),
      ...(is.replicas !== undefined && { new: is.replicas }),
    },
    fields,
    volumes,
    config,
  };
  return { ...change, notes: [...notesOn(was, is, change, hasOthers), ...notesOnFiles(old, now)] };
}

/** What differs in the render, such as the order of the resources, for which no field of the workload's own stands. */
function renderedFields(old: SourcedWorkload, now: SourcedWorkload): ChangedField[] {
  return updatesOf(old.resources, now.resources).flatMap((update) =>
    changedFields(asCreated(update.old), asUpdated(update.old, update.now)).map(
      ({ field, old: was, new: is }): ChangedField => ({
        of: titleOf(resourceName(update.now)),
        field,
        ...(was !== undefined && { old: was }),
        ...(is !== undefined && { new: is }),
        effect: 'in-place',
      }),
    ),
  );
}

function sameSources(old: SourcedWorkload, now: SourcedWorkload): boolean {
  return sameValue(old.group, now.group) && sameValue(old.cluster, now.cluster);
}

function headOf(workload: Workload) {
  const { owner, component, cluster, set, runner } = workload;
  return { workload: workloadTitle(workload), owner, component, cluster, statefulSet: set, runner };
}

/** Whether something else makes the pods than before: their StatefulSet is deleted and created again. */
export function isHandedOver(old: Workload, now: Workload): boolean {
  return old.runner !== now.runner && !old.suspended && !now.suspended;
}

/** What Kubernetes refuses in the new resources. The operator updates its own StatefulSets differently. */
export function refusedOf(old: SourcedWorkload, now: SourcedWorkload): RefusedUpdate[] {
  const isApplied = now.workload.runner === 'Kubernetes' && !isHandedOver(old.workload, now.workload);
  return refusedUpdates(old.workloads, now.workloads).filter(
    (update) => isApplied || update.now.kind !== 'StatefulSet',
  );
}

function verdictsOf(old: SourcedWorkload, now: SourcedWorkload, acts: boolean): Verdict[] {
  const [was, is] = [old.workload, now.workload];
  const verdicts: Verdict[] = [];
  if (is.runner === 'Kubernetes' && refusedOf(old, now).length > 0) verdicts.push('refused');
  if (!was.suspended && is.suspended) verdicts.push('stopped');
  if (isHandedOver(was, is)) verdicts.push('handed-over');
  if (was.suspended && !is.suspended) verdicts.push('created');
  if (restarts(was, is)) verdicts.push('restarted');
  if (!was.suspended && !is.suspended && was.replicas !== is.replicas) verdicts.push('scaled');
  if (verdicts.length === 0 && (acts || !sameResources(old, now))) verdicts.push('changed-in-place');
  return verdicts.length === 0 ? ['unchanged'] : verdicts;
}

function sameResources({ resources: old }: SourcedWorkload, { resources: now }: SourcedWorkload): boolean {
  const effect = effectOn(old, now);
  return effect === 'none' || effect === 'kept';
}
