import type { GroupComponent } from '../components/index.ts';
import { type ClusterObject, expandQuietly, type ResourceName } from '../plan/index.ts';
import type { MapValue } from '../yaml/index.ts';

/**
 * What a group of that name would come to if it were as the base's own servers are, so that whatever differs is what
 * somebody wrote, and never a name. Undefined where the base has no such servers.
 */
export function baseCounterpart(
  cluster: ClusterObject,
  { group: { kind, of } }: GroupComponent,
  { namespace, name }: Omit<ResourceName, 'kind'>,
): MapValue[] | undefined {
  const own = of(cluster.spec);
  if (!own) return undefined;
  const { metadata } = cluster;
  const reference = { name: metadata.name ?? '', namespace: metadata.namespace ?? '' };
  const group = {
    kind,
    metadata: { ...metadata, name, namespace },
    spec: { ...own, cluster: reference },
  };
  return expandQuietly(group, cluster);
}
