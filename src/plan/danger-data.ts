import { ONLINE_KEYS } from '../components/online-keys.generated.ts';
import { anew, movedClaims } from './danger-volumes.ts';
import { changedPairs, type Finding, type Rule } from './finding.ts';
import { type PlacedDirectory, placesOf } from './places.ts';
import type { WorkloadChange } from './plan.ts';
import { hasRegions, hasSet, type Workload } from './workload.ts';

/** A directory whose data is no longer where the server looks for it. */
interface Lost {
  readonly old: PlacedDirectory;
  /** Undefined if the server no longer looks for it. */
  readonly now: PlacedDirectory | undefined;
}

/** Data that stays behind, because the server now sees another volume, or none. */
export const outOfSight: Rule = (site) =>
  changedPairs(site).flatMap(({ old, now, change }): Finding[] => {
    if (!hasSet(old) || !hasSet(now)) return [];
    const lost = withoutNested(lostOf(old, now).filter((one) => !isSaidOtherwise(one, old, now, change)));
    return lost.map((one) => findingOf(one, now));
  });

function lostOf(old: Workload, now: Workload): Lost[] {
  const left = placesOf(now);
  return placesOf(old).flatMap((before): Lost[] => {
    const position = left.findIndex(({ key }) => key === before.key);
    const [after] = position === -1 ? [] : left.splice(position, 1);
    return before.place.lasts && before.place.id !== after?.place.id ? [{ old: before, now: after }] : [];
  });
}

/** Whether another danger covers this: a renamed directory, or a claim that moves or is removed. */
function isSaidOtherwise(
  { old: before, now: after }: Lost,
  old: Workload,
  now: Workload,
  change: WorkloadChange,
): boolean {
  const { key, place, isSaid } = before;
  const { claim } = place;
  const isRenamed = before.path !== after?.path;
  return (
    (isRenamed && (key === '' || !isSaid) && old.dataDir !== now.dataDir) ||
    (isRenamed &&
      Object.hasOwn(ONLINE_KEYS[now.component]?.refused ?? {}, key) &&
      change.config.some((changed) => changed.key === key)) ||
    movedClaims(old, now).some(({ name }) => name === claim) ||
    change.volumes.some(({ volume, verdict }) => volume === claim && verdict === 'removed')
  );
}

/** A directory moves with its parent if both were and will be on one volume. */
function withoutNested(lost: readonly Lost[]): Lost[] {
  return lost.filter(
    (one) =>
      !lost.some(
        (other) =>
          other !== one &&
          one.old.path.startsWith(`${other.old.path}/`) &&
          one.old.place.volume === other.old.place.volume &&
          one.now?.place.volume === other.now?.place.volume,
      ),
  );
}

function findingOf({ old, now: after }: Lost, now: Workload): Finding {
  const { set, owner } = now;
  const what = old.key === '' ? 'data directory' : `\`${old.key}\``;
  const where =
    old.path === after?.path || after === undefined
      ? `"${old.path}"`
      : `"${old.path}" and now "${after.path}"`;
  const place = after === undefined ? 'is no longer used' : `is now on ${after.place.text}`;
  const result = hasRegions(now)
    ? 'the stores start without it, and PD refuses empty stores with addresses that it knows'
    : 'the servers start without it';
  return {
    code: 'data-out-of-sight',
    workloads: [now],
    message: `the ${what} of ${set} (${where}) was on ${old.place.text}, and ${place}: the old data stays behind, and ${result}`,
    instead: [
      'Leave the mount, its `subPath` and its volume as they are on servers that have data.',
      ...anew(now, 'the new volumes'),
    ],
    facts: [set, owner.namespace, old.key, old.place.id, after?.place.id ?? ''],
  };
}
