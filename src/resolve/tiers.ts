import type { History } from '../krm/index.ts';
import type { Item } from '../list/index.ts';
import type { Reference } from './reference.ts';

/** A cluster that a group may mean, and what kustomize did to its name. */
export interface Candidate {
  readonly item: Item;
  readonly history: History;
}

type Tier = (candidate: Candidate, reference: Reference, group: Item, history: History) => boolean;

/**
 * From the surest to the least sure; the first that finds any cluster decides. kustomize rewrites references only at
 * the very end of a build, so the function may see a renamed cluster and a group that still has the old name.
 */
export const TIERS: readonly Tier[] = [
  // Renamed together: the same prefixes and suffixes were added to both.
  (candidate, reference, group, history) =>
    wasRenamedFrom(candidate, reference) &&
    candidate.history.affixes === history.affixes &&
    candidate.item.namespace === group.namespace &&
    namespaceFits(candidate, reference, group),
  (candidate, reference, group) =>
    candidate.item.name === reference.name &&
    candidate.item.namespace === (reference.namespace || group.namespace),
  (candidate, reference, group) =>
    candidate.item.name === reference.name && namespaceFits(candidate, reference, group),
  (candidate, reference, group) =>
    wasRenamedFrom(candidate, reference) && namespaceFits(candidate, reference, group),
];

function wasRenamedFrom({ history }: Candidate, reference: Reference): boolean {
  return history.previousNames.includes(reference.name);
}

/** A written namespace is the cluster's, or was before kustomize moved it; without one, it is the group's own. */
function namespaceFits({ item, history }: Candidate, reference: Reference, group: Item): boolean {
  if (reference.namespace === '') return item.namespace === group.namespace;
  return item.namespace === reference.namespace || history.previousNamespaces.includes(reference.namespace);
}
