import { type GroupKind, SUSPENDED, type TidbCluster } from '../api/index.ts';
import { expandGroup, type GroupOf, running } from '../components/index.ts';
import type { ExpandInput } from '../expand/index.ts';
import { withAnnotations } from '../list/index.ts';
import { isMap, type MapValue } from '../yaml/index.ts';

/**
 * The resources of a group for engines to apply. TiDB Operator deletes the StatefulSet of a suspended group; an engine
 * may leave one that is missing from the render, because it does not prune or must not, and its pods would keep
 * running. So the StatefulSet stays, without pods. What drains it stays too, for `delivered` to take away.
 */
export function expandForEngines<Kind extends GroupKind>(input: ExpandInput<GroupOf<Kind>>): MapValue[] {
  if (!isSuspended(input.group.object, input.cluster.object)) return expandGroup(input);
  const group = { ...input.group, object: running(input.group.object) };
  return expandGroup({ ...input, group }).map(stopped);
}

/** A group without this setting is suspended with its cluster. */
function isSuspended<Kind extends GroupKind>({ spec }: GroupOf<Kind>, cluster: TidbCluster): boolean {
  return (spec.suspendAction ?? cluster.spec.suspendAction)?.suspendStatefulSet === true;
}

function stopped(resource: MapValue): MapValue {
  if (resource.kind !== 'StatefulSet' || !isMap(resource.spec)) return resource;
  return withAnnotations({ ...resource, spec: { ...resource.spec, replicas: 0 } }, { [SUSPENDED]: 'true' });
}

/** Whether a StatefulSet is that of a suspended group. */
export function isStopped(set: MapValue): boolean {
  const { metadata } = set;
  return isMap(metadata) && isMap(metadata.annotations) && metadata.annotations[SUSPENDED] === 'true';
}
