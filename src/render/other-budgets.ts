import { isOver } from '../budget/index.ts';
import { type Existing, type Offer, ownResources, withoutExisting } from '../existing/index.ts';
import type { Item } from '../list/index.ts';
import { allBy } from '../lookup/index.ts';
import { inFile, type Problems } from '../problem/index.ts';
import { isMap, type MapValue, textAt } from '../yaml/index.ts';

/** Pods that a budget is over. */
export interface Covered {
  readonly budget: MapValue;
  readonly group: Item;
  readonly labels: MapValue;
}

/**
 * The budgets that are rendered: none whose pods have one of a user's own, all of them. Kubernetes evicts no pod that has
 * two budgets, so one of a user's that is over some of the pods is an error.
 */
export function budgetsNotThere(
  covered: readonly Covered[],
  items: readonly Item[],
  problems: Problems,
): ReadonlySet<MapValue> {
  const theirs = ownResources(items, 'policy/', 'PodDisruptionBudget').filter(({ isRead }) => isRead);
  const pods = allBy(covered, ({ budget }) => [budget]);
  const offers = [...pods].flatMap(([budget, [first]]) =>
    first === undefined ? [] : [{ resource: budget, origin: first.group, path: ['metadata', 'name'] }],
  );
  const left = withoutExisting(offers, overAll, problems);
  const rendered = new Set(left.map(({ resource }) => resource));
  reportOthers(
    covered.filter(({ budget }) => rendered.has(budget)),
    theirs,
    problems,
  );
  return rendered;

  function overAll({ resource }: Offer): Existing | undefined {
    const its = pods.get(resource) ?? [];
    const item = theirs.find((own) => its.every((one) => isAlsoOver(own, one)));
    return item && { item, does: 'is over the same pods, and Kubernetes evicts no pod that has two' };
  }
}

function isAlsoOver({ namespace, object }: Item, { group, labels }: Covered): boolean {
  return group.namespace === namespace && isOver(object, labels);
}

function reportOthers(covered: readonly Covered[], theirs: readonly Item[], problems: Problems): void {
  for (const item of theirs) {
    const both = covered.find((one) => isAlsoOver(item, one));
    if (both === undefined) continue;
    const { group, budget, labels } = both;
    const pods = `${String(labels['app.kubernetes.io/component'])} pods of "${String(labels['app.kubernetes.io/instance'])}"`;
    const where = inFile(group.locate(['metadata', 'name'], 'value'));
    const message = `\`spec.selector\` selects the ${pods}, and so does the PodDisruptionBudget "${textAt(budget, 'metadata', 'name')}", which is rendered for the ${group.kind} "${group.name}"${where}; Kubernetes evicts no pod that has two, so remove this one, or set \`spec.disruptionBudgets: false\` in the function config`;
    problems.add(
      'budget-duplicate',
      item,
      isMap(item.object.spec) ? ['spec', 'selector'] : ['spec'],
      message,
    );
  }
}
