import { GROUP_COMPONENTS, type GroupComponent } from '../components/index.ts';
import type { Item } from '../list/index.ts';
import { Field, type Problems } from '../problem/index.ts';
import { isAutoscaler, targetOf } from './autoscaled.ts';

/**
 * Warns of autoscalers that scale nothing: a group, which is in no cluster, or a StatefulSet that has the name of a
 * group's, where no group makes it. Any other name may be of somebody else's resource, which is not here.
 */
export function checkAutoscalerTargets(
  read: readonly Item[],
  items: readonly Item[],
  problems: Problems,
): void {
  for (const item of read) {
    if (!isAutoscaler(item.apiVersion, item.kind)) continue;
    const { kind, name } = targetOf(item);
    if (typeof name !== 'string') continue;
    const at = new Field(item, problems, ['spec', 'scaleTargetRef']);
    const component = GROUP_COMPONENTS.find(({ group }) => group.kind === kind);
    if (component !== undefined) {
      const message = `is "${kind}", but no group is in the cluster, so the autoscaler finds nothing to scale; write the StatefulSet: {apiVersion: apps/v1, kind: StatefulSet, name: ${setOf(component, name)}}`;
      at.to('kind').add('autoscaler-target', message);
    } else if (kind === 'StatefulSet') checkSet(name, item.namespace, items, at.to('name'));
  }
}

function setOf({ name }: GroupComponent, owner: string): string {
  return `${owner}-${name}`;
}

function checkSet(set: string, namespace: string, items: readonly Item[], at: Field): void {
  const component = GROUP_COMPONENTS.find(({ name }) => set.endsWith(`-${name}`));
  if (component === undefined) return;
  const here = items.filter((item) => item.namespace === namespace);
  const groups = GROUP_COMPONENTS.flatMap((its) =>
    here.filter(({ kind }) => kind === its.group.kind).map(({ name }) => ({ its, name })),
  );
  const isKnown =
    groups.some(({ its, name }) => setOf(its, name) === set) ||
    here.some(({ kind, name }) => kind === 'TidbCluster' && setOf(component, name) === set) ||
    here.some(({ kind, name }) => kind === 'StatefulSet' && name === set);
  if (isKnown || groups.length === 0) return;
  const owner = set.slice(0, -component.name.length - 1);
  const same = groups.filter(({ its, name }) => its === component || name === owner);
  const others = (same.length === 0 ? groups : same).map(({ its, name }) => `"${setOf(its, name)}"`);
  const advice = `the groups of the namespace make ${others.slice(0, MOST_NAMED).join(', ')}${others.length > MOST_NAMED ? ' and more' : ''}`;
  const message = `is "${set}", a StatefulSet that no ${component.group.kind} or TidbCluster here makes, so the autoscaler finds nothing to scale; ${advice}: name one of them, or remove the autoscaler`;
  at.add('autoscaler-target', message);
}

const MOST_NAMED = 5;
