import { firstBy } from '../lookup/index.ts';
import { asGroupsOf } from './adopted.ts';
import { nameOf } from './base.ts';
import { confirmedIn } from './confirm.ts';
import { shared } from './field-sources.ts';
import { changedFields } from './fields.ts';
import { findDangers } from './find-dangers.ts';
import type { ChangedField, Counts, Danger, Plan, Verdict, WorkloadChange } from './plan.ts';
import { resourceChanges } from './resources.ts';
import { comparedWorkloads, restartsOf, sidesOfClusters } from './sides.ts';
import type { Snapshot } from './snapshot.ts';
import { APPLY, APPLY_ONCE } from './steps.ts';
import { addressOf, titleOf } from './workload.ts';

/** What applying the new side over the old one would do. */
export function compare(before: Snapshot, next: Snapshot): Plan {
  const old = asGroupsOf(next, before);
  const now = asGroupsOf(before, withoutLeftovers(before, next));
  const compared = comparedWorkloads(old, now);
  const workloads = compared.map(({ change }) => change);
  const resources = resourceChanges(old, now);
  const isConfirmed = confirmedIn(now);
  const dangers = sidesOfClusters(old, now, compared).flatMap((sides) =>
    findDangers(sides).map(({ owners, ...found }): Danger => {
      return { ...found, confirmed: isConfirmed({ ...found, owners }) };
    }),
  );
  const verdict = dangers.length > 0 ? 'dangerous' : resources.length > 0 ? 'changed' : 'unchanged';
  return {
    verdict,
    counts: countsOf(workloads),
    dangers: appliedOnce(dangers),
    workloads,
    clusterFields: clusterFields(old, now, workloads),
    restarts: restartsOf(compared),
    resources,
  };
}

/**
 * If the old side has a group and its rendered resources, as a kpt package does, and the new side only the latter, the
 * group is gone: the next render removes the rest. Unless the new side is itself what was rendered of the package, which
 * has none of its groups, and nothing else that is for tools only.
 */
function withoutLeftovers(old: Snapshot, now: Snapshot): Snapshot {
  const hasGroups = now.groups.some(({ source }) => source !== undefined);
  if (old.hasFilesForTools && !now.hasFilesForTools && !hasGroups) return now;
  const byTitle = firstBy(old.groups, (group) => titleOf(group.owner));
  const groups = now.groups.filter(({ owner, source }) => {
    const before = byTitle.get(titleOf(owner));
    return source !== undefined || before?.source === undefined || !before.wasRendered;
  });
  return { ...now, groups };
}

function appliedOnce(dangers: readonly Danger[]): readonly Danger[] {
  if (dangers.filter(({ instead }) => instead.includes(APPLY)).length < 2) return dangers;
  return dangers.map(
    (danger): Danger => ({
      ...danger,
      instead: danger.instead.map((step) => (step === APPLY ? APPLY_ONCE : step)),
    }),
  );
}

/** The fields of TidbClusters that belong to no single component and affect no workload. */
function clusterFields(old: Snapshot, now: Snapshot, workloads: readonly WorkloadChange[]): ChangedField[] {
  const said = new Set(
    workloads.flatMap(({ fields }) => fields.map(({ of, field }) => JSON.stringify([of, field]))),
  );
  const byAddress = firstBy(old.clusters, (cluster) => addressOf(nameOf(cluster)));
  return now.clusters.flatMap((cluster) => {
    const before = byAddress.get(addressOf(nameOf(cluster)));
    if (before === undefined) return [];
    const of = titleOf(nameOf(cluster));
    return changedFields(shared(before), shared(cluster))
      .filter(({ field }) => !said.has(JSON.stringify([of, field])))
      .map(
        ({ field, old: was, new: is }): ChangedField => ({
          of,
          field,
          ...(was !== undefined && { old: was }),
          ...(is !== undefined && { new: is }),
          effect: 'in-place',
        }),
      );
  });
}

function countsOf(workloads: readonly WorkloadChange[]): Counts {
  const counts: Record<Verdict, number> = {
    created: 0,
    deleted: 0,
    refused: 0,
    'handed-over': 0,
    restarted: 0,
    stopped: 0,
    scaled: 0,
    'changed-in-place': 0,
    unchanged: 0,
  };
  for (const { verdicts } of workloads) for (const verdict of verdicts) counts[verdict]++;
  return counts;
}
