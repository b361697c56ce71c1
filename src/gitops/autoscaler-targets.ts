import { GROUP_COMPONENTS } from '../components/index.ts';
import type { Item } from '../list/index.ts';
import { Field, type Problems } from '../problem/index.ts';
import { autoscalersIn, targetOf } from './autoscaled.ts';
import { componentOfSet, KnownSets, setOf } from './known-sets.ts';

/**
 * Warns of autoscalers that scale nothing: a group, which is in no cluster, or a StatefulSet that has the name of a
 * group's, where no group makes it. Any other name may be of somebody else's resource, which is not here.
 */
export function checkAutoscalerTargets(
  read: readonly Item[],
  items: readonly Item[],
  problems: Problems,
): void {
  let sets: KnownSets | undefined;
  for (const item of autoscalersIn(read)) {
    const { kind, name } = targetOf(item);
    if (typeof name !== 'string') continue;
    const at = new Field(item, problems, ['spec', 'scaleTargetRef']);
    const component = GROUP_COMPONENTS.find(({ group }) => group.kind === kind);
    if (component !== undefined) {
      const message = `is "${kind}", but no group is in the cluster, so the autoscaler finds nothing to scale; write the StatefulSet: {apiVersion: apps/v1, kind: StatefulSet, name: ${setOf(component, name)}}`;
      at.to('kind').add('autoscaler-target', message);
    } else if (kind === 'StatefulSet' && componentOfSet(name) !== undefined) {
      sets ??= new KnownSets(items);
      checkSet(name, item.namespace, sets, at.to('name'));
    }
  }
}

function checkSet(set: string, namespace: string, sets: KnownSets, field: Field): void {
  const component = componentOfSet(set);
  if (component === undefined || sets.has(namespace, set)) return;
  const likely = sets.likely(namespace, component, set.slice(0, -component.name.length - 1), MOST_NAMED + 1);
  if (likely.length === 0) return;
  const named = likely.slice(0, MOST_NAMED).map((group) => `"${setOf(group.component, group.name)}"`);
  const advice = `the groups of the namespace make ${named.join(', ')}${likely.length > MOST_NAMED ? ' and more' : ''}`;
  const message = `is "${set}", a StatefulSet that no ${component.group.kind} or TidbCluster here makes, so the autoscaler finds nothing to scale; ${advice}: name one of them, or remove the autoscaler`;
  field.add('autoscaler-target', message);
}

const MOST_NAMED = 5;
