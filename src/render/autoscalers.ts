import { autoscalerOf } from '../autoscale/index.ts';
import { withoutExisting } from '../existing/index.ts';
import { type Autoscaled, besideRunner, runnerIn } from '../gitops/index.ts';
import type { Problems } from '../problem/index.ts';
import type { Group } from '../validate/index.ts';
import { type MapValue, textAt } from '../yaml/index.ts';
import type { Made } from './outcome.ts';

/** What was rendered, and the group that it was rendered from, where that asks for an autoscaler. */
export interface Scaled {
  readonly made: Made;
  readonly group: Group | undefined;
}

/** With a HorizontalPodAutoscaler for each group that asks for one, unless one of a user's own scales its StatefulSet. */
export function withAutoscalers(
  all: readonly Scaled[],
  existing: Autoscaled,
  copyMetadata: boolean,
  problems: Problems,
): Made[] {
  return all.map(({ made, group }) => {
    const set = runnerIn(made.resources);
    const resource = group && autoscalerOf(group.object);
    if (group === undefined || set === undefined || resource === undefined) return made;
    const offers = [{ resource, origin: group.origin, path: ['spec', 'autoscale'] }];
    const [offer] = withoutExisting(offers, () => scalerOf(set, made, existing), problems);
    if (offer === undefined) return made;
    const beside = besideRunner(made.groups, set, offer.resource, copyMetadata);
    return { ...made, resources: [...made.resources, beside] };
  });
}

function scalerOf(set: MapValue, { groups: [group] }: Made, existing: Autoscaled) {
  const name = textAt(set, 'metadata', 'name');
  const item = existing.get(`${group?.namespace ?? ''}/${name}`);
  return item && { item, does: `scales the StatefulSet "${name}"` };
}
