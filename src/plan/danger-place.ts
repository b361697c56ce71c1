import { changedPairs, type Finding, type Rule } from './finding.ts';
import { placesText, repinned, whereVolumesAre } from './pinned.ts';
import { wordsOn } from './words.ts';

/** Pods that may only run where none of their volumes are. Where that is not known, a note says so. */
export const elsewhere: Rule = (sides) =>
  changedPairs(sides).flatMap(({ old, now }) =>
    repinned(old, now)
      .filter(({ isApart }) => isApart)
      .map(({ key, from, to }): Finding => {
        const { one } = wordsOn(now);
        const zones =
          old.zone !== undefined || now.zone !== undefined
            ? ', and each zone its name, its `value` and `keepsName`'
            : '';
        return {
          code: 'volumes-elsewhere',
          workloads: [now],
          message: `the pods of ${now.set} ran on nodes with ${key} ${placesText(from)}, and may now only run on those with ${placesText(to)}: a pod whose volume cannot follow stays Pending, so the first ${one} that restarts does not come back`,
          instead: [
            `See where the volumes are: ${whereVolumesAre(key)}.`,
            `If they cannot follow, leave these pods where they are${zones}. Add a group, or a zone, for the other place, and remove this one as for any other removal.`,
          ],
          facts: [now.set, now.owner.namespace, key, ...(to ?? [])],
        };
      }),
  );
