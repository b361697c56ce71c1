import { type MapValue, mapAt, textAt } from '../list/index.ts';
import { type ClusterObject, expandQuietly, type GroupObject, type ResourceName } from '../plan/index.ts';

/**
 * What a group of that name would come to if it were as the base's own servers are, so that whatever differs is what
 * somebody wrote, and never a name. Undefined where the base has no such servers.
 */
export function twinOf(
  cluster: ClusterObject,
  component: 'tikv' | 'tidb',
  { namespace, name }: Omit<ResourceName, 'kind'>,
): MapValue[] | undefined {
  if (cluster.spec[component] === undefined || cluster.spec[component] === null) return undefined;
  const metadata = mapAt(cluster, 'metadata');
  const group: MapValue = {
    apiVersion: 'pingcap.com/v1alpha1',
    kind: component === 'tikv' ? 'TiKVGroup' : 'TiDBGroup',
    metadata: { ...metadata, name, namespace },
    spec: {
      ...mapAt(cluster, 'spec', component),
      cluster: {
        name: textAt(cluster, 'metadata', 'name'),
        namespace: textAt(cluster, 'metadata', 'namespace'),
      },
    },
  };
  return expandQuietly(group as GroupObject, cluster);
}
