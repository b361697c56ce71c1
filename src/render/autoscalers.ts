import { autoscalerOf } from '../autoscale/index.ts';
import { withoutExisting } from '../existing/index.ts';
import type { Autoscaled } from '../gitops/index.ts';
import { metadataOf } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import type { Expanded } from './expanded.ts';
import { type Offered, withOffered } from './offered.ts';
import type { Made } from './outcome.ts';

/** What autoscalers are made for. */
export interface Scaled {
  readonly copyMetadata: boolean;
  /** Those of which only a part is sound, too. */
  readonly together: readonly Expanded[];
  readonly made: readonly Made[];
}

/** With a HorizontalPodAutoscaler for each group that asks for one, unless one of a user's own scales its StatefulSet. */
export function withAutoscalers(
  { copyMetadata, together, made }: Scaled,
  existing: Autoscaled,
  problems: Problems,
): Made[] {
  const offers = together.flatMap(({ item, group }): Offered[] => {
    const resource = autoscalerOf(group.object);
    return resource ? [{ item, resource, origin: group.origin, path: ['spec', 'autoscale'] }] : [];
  });
  const left = withoutExisting(offers, (offer) => scalerOf(offer, existing), problems);
  return withOffered(made, left, copyMetadata);
}

/** A group's autoscaler has the name of its StatefulSet. */
function scalerOf({ item: { namespace }, resource }: Offered, existing: Autoscaled) {
  const name = String(metadataOf(resource).name);
  const item = existing.get(`${namespace}/${name}`);
  return item && { item, does: `scales the StatefulSet "${name}"` };
}
