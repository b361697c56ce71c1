import { isOver } from '../budget/index.ts';
import type { Item } from '../list/index.ts';
import { inFile, type Problems } from '../problem/index.ts';
import { isMap, type MapValue, textAt } from '../yaml/index.ts';
import { ownersOf } from './generated.ts';

/** Pods that a rendered budget is over. */
export interface Covered {
  readonly budget: MapValue;
  readonly group: Item;
  readonly labels: MapValue;
}

/** Kubernetes evicts no pod that has two budgets. */
export function reportOthers(covered: readonly Covered[], items: readonly Item[], problems: Problems): void {
  for (const item of items) {
    if (item.kind !== 'PodDisruptionBudget' || !item.isRead || ownersOf(item).length > 0) continue;
    const both = covered.find(
      ({ group, labels }) => group.namespace === item.namespace && isOver(item.object, labels),
    );
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
