import { type Item, withAnnotations } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { engineAnnotations } from './annotations.ts';
import { autoscaledSets, isAutoscaled, withoutReplicas } from './autoscaled.ts';
import { type Delivery, type DeliverySettings, hasStores } from './delivery.ts';
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
  const turns = orderOf(deliveries, settings);
  const sets = autoscaledSets(items);
  return deliveries.map((delivery) => {
    const turn = turns.get(delivery) ?? { wave: 0, after: [] };
    const resources = delivery.resources.map((made) => {
      const resource = settings.copyMetadata ? withMetadataOf(delivery.groups, made) : made;
      const told = withAnnotations(resource, engineAnnotations(made, delivery, turn, settings));
      return leftToAutoscaler(told, delivery, sets, problems);
    });
    return { ...delivery, resources };
  });
}

function leftToAutoscaler(
  resource: MapValue,
  delivery: Delivery,
  sets: ReadonlySet<string>,
  problems: Problems,
): MapValue {
  const [group] = delivery.groups;
  const isLeft = resource.kind === 'StatefulSet' && !isStopped(resource);
  if (group === undefined || !isLeft || !isAutoscaled(group, resource, sets)) return resource;
  if (hasStores(delivery)) {
    const message = `\`spec.replicas\` is left to an autoscaler, which removes stores without moving their data away first; remove the autoscaler, or make sure that it never scales in`;
    problems.add('autoscaled-stores', group, ['spec', 'replicas'], message);
  }
  return withoutReplicas(resource);
}
