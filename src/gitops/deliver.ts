import { byKind, isGroupKind, SCALED_IN } from '../components/index.ts';
import { type Item, withAnnotations } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { engineAnnotations } from './annotations.ts';
import {
  type Autoscaled,
  autoscaledSets,
  hasAutoscaler,
  isAutoscaled,
  withoutReplicas,
} from './autoscaled.ts';
import { componentsOf, type Delivery, type DeliverySettings, isDrained } from './delivery.ts';
import { awaited, engineThatWaits, withoutDrain } from './drain.ts';
import { withMetadataOf } from './group-metadata.ts';
import { orderOf } from './order.ts';
import { isStopped } from './suspended.ts';

/** The resources of groups, with all annotations for engines. */
export function delivered<D extends Delivery>(
  deliveries: readonly D[],
  items: readonly Item[],
  settings: DeliverySettings,
  problems: Problems,
): D[] {
  const sets = autoscaledSets(items);
  // Room for a drain stays where there is none for a while, so that the others keep their waves.
  const turns = orderOf(deliveries, settings);
  return deliveries.map((whole) => {
    const turn = turns.get(whole) ?? { wave: 0, drainWave: 0, after: [] };
    const delivery = isLeftAlone(whole, sets) ? withoutDrain(whole) : whole;
    const engine = isDrained(delivery) ? engineThatWaits(settings, turn) : undefined;
    const resources = delivery.resources.map((made) => {
      const resource = settings.copyMetadata ? withMetadataOf(delivery.groups, made) : made;
      const told = withAnnotations(resource, engineAnnotations(made, delivery, turn, settings));
      return leftToAutoscaler(engine ? awaited(told, engine) : told, delivery, sets, problems);
    });
    return { ...delivery, resources };
  });
}

/**
 * Whether no server is drained of those that are not wanted: nobody knows here how many are, or the group is suspended: then
 * its stores have their data, and PD may not run.
 */
function isLeftAlone({ groups: [group], resources }: Delivery, sets: Autoscaled): boolean {
  const set = resources.find(({ kind }) => kind === 'StatefulSet');
  if (group === undefined || set === undefined) return false;
  return isStopped(set) || isAutoscaled(group, set, sets);
}

function leftToAutoscaler(
  resource: MapValue,
  delivery: Delivery,
  sets: Autoscaled,
  problems: Problems,
): MapValue {
  if (resource.kind === 'TidbCluster') warnOfOperator(delivery, sets, problems);
  const [group] = delivery.groups;
  const isLeft = resource.kind === 'StatefulSet' && !isStopped(resource);
  if (group === undefined || !isLeft || !isAutoscaled(group, resource, sets)) return resource;
  const [lost] = componentsOf(delivery).flatMap(({ keeps }) => SCALED_IN[keeps] ?? []);
  if (lost !== undefined) {
    const message = `\`spec.replicas\` is left to an autoscaler, which ${lost}; remove the autoscaler, or make sure that it never scales in`;
    problems.add('autoscaled-stores', group, ['spec', 'replicas'], message);
  }
  return withoutReplicas(resource);
}

/** TiDB Operator knows no autoscaler: it writes the number of the TidbCluster back. */
function warnOfOperator({ groups }: Delivery, sets: Autoscaled, problems: Problems): void {
  for (const group of groups) {
    // Of a field of the group itself another check says that it has no effect.
    if (!isGroupKind(group.kind) || hasAutoscaler(group)) continue;
    const set = `${group.name}-${byKind[group.kind].name}`;
    if (!isAutoscaled(group, { metadata: { name: set } }, sets)) continue;
    const message = `\`spec.replicas\` goes before the autoscaler of the StatefulSet "${set}", because TiDB Operator writes it back, so the autoscaler has no effect; remove the autoscaler, or render with \`output: Workloads\``;
    problems.add('no-effect', group, ['spec', 'replicas'], message);
  }
}
