import { ROLLOUT, type Rollout } from '../api/index.ts';
import { expandQuietly, type GroupComponent } from '../components/index.ts';
import type { ClusterObject, ResourceName } from '../plan/index.ts';
import type { MapValue } from '../yaml/index.ts';

/**
 * The workload of a group with that name and the settings of the base's own servers, so that any difference is
 * something that a user wrote, and never a name or what makes a rolling update safe. Undefined if the base has no such
 * servers.
 */
export function baseCounterpart(
  cluster: ClusterObject,
  { group: { kind, of } }: GroupComponent,
  { namespace, name }: Omit<ResourceName, 'kind'>,
  rollout: Rollout,
): MapValue[] | undefined {
  const own = of(cluster.spec);
  if (!own) return undefined;
  const { metadata } = cluster;
  const reference = { name: metadata.name ?? '', namespace: metadata.namespace ?? '' };
  const group = {
    kind,
    metadata: { ...metadata, name, namespace, annotations: { ...metadata.annotations, [ROLLOUT]: rollout } },
    spec: { ...own, cluster: reference },
  };
  return expandQuietly(group, cluster);
}
