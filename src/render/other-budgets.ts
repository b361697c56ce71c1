import { isOver } from '../budget/index.ts';
import {
  type Existing,
  labelNames,
  labelsUnwanted,
  labelsWanted,
  type Offer,
  ownResources,
  withoutExisting,
} from '../existing/index.ts';
import type { Item } from '../list/index.ts';
import { allBy, Having, type OneOf, Wanting } from '../lookup/index.ts';
import { inFile, type Problems } from '../problem/index.ts';
import { isMap, type MapValue, mapAt, textAt } from '../yaml/index.ts';

/** Pods that a budget is over. */
export interface Covered {
  readonly budget: MapValue;
  readonly group: Item;
  readonly labels: MapValue;
}

/**
 * The budgets that are rendered: all but those whose pods all have one of a user's own. Kubernetes evicts no pod that has
 * two budgets, so one of a user's that is over only some of the pods is an error.
 */
export function budgetsNotThere(
  covered: readonly Covered[],
  items: readonly Item[],
  problems: Problems,
): ReadonlySet<MapValue> {
  const theirs = ownResources(items, 'policy/', 'PodDisruptionBudget').filter(({ isRead }) => isRead);
  if (theirs.length === 0) return new Set(covered.map(({ budget }) => budget));
  const pods = allBy(covered, ({ budget }) => [budget]);
  const offers = [...pods].flatMap(([budget, [first]]) =>
    first === undefined ? [] : [{ resource: budget, origin: first.group, path: ['metadata', 'name'] }],
  );
  const wanting = new Wanting(theirs, wantedBy, unwantedBy);
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
    for (const item of wanting.among(its.slice(0, 1).flatMap(namesOf))) {
      if (!its.every((one) => isAlsoOver(item, one))) continue;
      return { item, does: 'is over the same pods, and Kubernetes evicts no pod that has two' };
    }
    return undefined;
  }
}

/** What a budget wants of pods. */
function wantedBy({ namespace, object }: Item): OneOf[] {
  return [[inNamespace(namespace)], ...labelsWanted(mapAt(object, 'spec', 'selector'))];
}

/** What it does not want of them. */
function unwantedBy({ object }: Item): string[] {
  return labelsUnwanted(mapAt(object, 'spec', 'selector'));
}

function namesOf({ group, labels }: Covered): string[] {
  return [inNamespace(group.namespace), ...labelNames(labels)];
}

function inNamespace(namespace: string): string {
  return `in ${namespace}`;
}

function isAlsoOver({ namespace, object }: Item, { group, labels }: Covered): boolean {
  return group.namespace === namespace && isOver(object, labels);
}

function firstOver(item: Item, pods: Iterable<Covered>): Covered | undefined {
  for (const one of pods) if (isAlsoOver(item, one)) return one;
  return undefined;
}

function reportOthers(covered: readonly Covered[], theirs: readonly Item[], problems: Problems): void {
  const having = new Having(covered, namesOf);
  for (const item of theirs) {
    const both = firstOver(item, having.among(wantedBy(item), unwantedBy(item)));
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
