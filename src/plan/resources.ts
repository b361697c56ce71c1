import { keptBy } from '../gitops/index.ts';
import { type MapValue, sameValue, textAt } from '../yaml/index.ts';
import { changedFields } from './fields.ts';
import type { ResourceChange } from './plan.ts';
import type { Snapshot } from './snapshot.ts';
import { type ResourceName, titleOf } from './workload.ts';

/** Every resource of a side by its title: TidbClusters first, then what was rendered for these, and for groups. */
export function resourcesOf({ clusters, ofClusters = [], groups }: Snapshot): Map<string, MapValue> {
  const all = [
    ...clusters.map(withoutStatus),
    ...ofClusters,
    ...groups.flatMap(({ resources }) => resources),
  ];
  return new Map(all.map((resource) => [titleOf(resourceName(resource)), resource]));
}

/** What the operator saw last is no change that anybody makes. */
function withoutStatus({ status: _, ...rest }: MapValue): MapValue {
  return rest;
}

export function resourceName(resource: MapValue): ResourceName {
  return {
    kind: textAt(resource, 'kind'),
    namespace: textAt(resource, 'metadata', 'namespace'),
    name: textAt(resource, 'metadata', 'name'),
  };
}

/** What becomes of each resource that is not the same on both sides. */
export function resourceChanges(old: Snapshot, now: Snapshot): ResourceChange[] {
  const before = resourcesOf(old);
  const after = resourcesOf(now);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((title): ResourceChange[] => {
    const [was, is] = [before.get(title), after.get(title)];
    if (is === undefined) return was === undefined ? [] : [goneFrom(was)];
    const resource = resourceName(is);
    if (was === undefined) return [{ resource, verdict: 'created', object: is, fields: [] }];
    return sameValue(was, is) ? [] : [{ resource, verdict: 'changed', fields: changedFields(was, is) }];
  });
}

function goneFrom(was: MapValue): ResourceChange {
  const resource = resourceName(was);
  const leftBy = keptBy(was);
  return leftBy.length === 0
    ? { resource, verdict: 'deleted', fields: [] }
    : { resource, verdict: 'left', leftBy, fields: [] };
}
