import { ONLINE_KEYS } from '../components/online-keys.generated.ts';
import { Mounts } from '../data/index.ts';
import { allBy } from '../lookup/index.ts';
import type { ClusterObject } from './base.ts';
import { movedClaims } from './danger-volumes.ts';
import { changedPairs, type Finding, type Rule } from './finding.ts';
import { type PlacedDirectory, placesOf } from './places.ts';
import type { WorkloadChange } from './plan.ts';
import { replaceServers } from './steps.ts';
import { wordsOn } from './words.ts';
import { hasSet, type Workload } from './workload.ts';

/** A directory whose data is no longer where the server looks for it. */
interface Lost {
  readonly old: PlacedDirectory;
  /** Undefined if the server no longer looks for it. */
  readonly now: PlacedDirectory | undefined;
}

/** Data that stays behind, because the server now sees another volume, or none. */
export const outOfSight: Rule = (sides) =>
  changedPairs(sides).flatMap(({ old, now, change }): Finding[] => {
    if (!hasSet(old) || !hasSet(now)) return [];
    const isSaid = saidOtherwise(old, now, change);
    return withoutNested(lostOf(old, now).filter((one) => !isSaid(one))).map((one) =>
      findingOf(sides.old, one, now),
    );
  });

function lostOf(old: Workload, now: Workload): Lost[] {
  // A key may name several directories; the first of old is compared with the first of now, and so on.
  const left = allBy(placesOf(now).toReversed(), ({ key }) => [key]);
  return placesOf(old).flatMap((before): Lost[] => {
    const after = left.get(before.key)?.pop();
    return before.place.lasts && before.place.id !== after?.place.id ? [{ old: before, now: after }] : [];
  });
}

/** Whether another danger covers this: a renamed directory, or a claim that moves or is removed. */
function saidOtherwise(old: Workload, now: Workload, change: WorkloadChange): (lost: Lost) => boolean {
  const moved = movedClaims(old, now).map(({ name }) => name);
  const removed = change.volumes.flatMap(({ volume, verdict }) => (verdict === 'removed' ? [volume] : []));
  const claims = new Set([...moved, ...removed]);
  const changed = new Set(change.config.map(({ key }) => key));
  const refused = ONLINE_KEYS[now.component]?.refused ?? {};
  return ({ old: { key, path, place, isSaid }, now: after }) => {
    if (claims.has(place.claim)) return true;
    if (path === after?.path) return false;
    const followsDataDir = (key === '' || !isSaid) && old.dataDir !== now.dataDir;
    return followsDataDir || (Object.hasOwn(refused, key) && changed.has(key));
  };
}

/** A directory moves with its parent if both were and will be on the same volume. */
function withoutNested(lost: readonly Lost[]): Lost[] {
  const volumesOf = ({ old, now }: Lost) => `${old.place.volume} ${now?.place.volume}`;
  const together = allBy(lost, (one) => [volumesOf(one)]);
  const directories = new Map(
    [...together].map(([volumes, its]) => [
      volumes,
      new Mounts(its.map(({ old: { path } }) => ({ volume: '', path, subPath: '' }))),
    ]),
  );
  return lost.filter((one) => {
    const { path } = one.old;
    return path === '/' || directories.get(volumesOf(one))?.placeOf(`${path}/..`) === undefined;
  });
}

function findingOf(cluster: ClusterObject | undefined, { old, now: after }: Lost, now: Workload): Finding {
  const { set, owner } = now;
  const what = old.key === '' ? 'data directory' : `\`${old.key}\``;
  const where =
    old.path === after?.path || after === undefined
      ? `"${old.path}"`
      : `"${old.path}" and now "${after.path}"`;
  const place = after === undefined ? 'is no longer used' : `is now on ${after.place.text}`;
  return {
    code: 'data-out-of-sight',
    workloads: [now],
    message: `the ${what} of ${set} (${where}) was on ${old.place.text}, and ${place}: the old data stays behind, and ${wordsOn(now).without}`,
    instead: [
      'Leave the mount, its `subPath` and its volume as they are on servers that have data.',
      ...replaceServers(cluster, now, 'the new volumes'),
    ],
    facts: [set, owner.namespace, old.key, old.place.id, after?.place.id ?? ''],
  };
}
