import type { Offer } from '../existing/index.ts';
import { besideRunner, runnerIn } from '../gitops/index.ts';
import type { Item } from '../list/index.ts';
import { allBy } from '../lookup/index.ts';
import type { Made } from './outcome.ts';

/** What a group asks for beside its workloads. */
export interface Offered extends Offer {
  readonly item: Item;
}

/**
 * What was rendered, each group with what is offered for it before or behind its other resources. What is offered for groups
 * that were not rendered is left out.
 */
export function withOffered(
  made: readonly Made[],
  offers: readonly Offered[],
  copyMetadata: boolean,
  place: 'first' | 'last' = 'last',
): Made[] {
  const byGroup = allBy(offers, ({ item }) => [item]);
  return made.map((one) => {
    const runner = runnerIn(one.resources) ?? {};
    const its = one.groups.flatMap((group) =>
      (byGroup.get(group) ?? []).map(({ resource }) => besideRunner([group], runner, resource, copyMetadata)),
    );
    if (its.length === 0) return one;
    return { ...one, resources: place === 'first' ? [...its, ...one.resources] : [...one.resources, ...its] };
  });
}
