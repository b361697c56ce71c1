import type { TidbCluster } from '../api/index.ts';
import { type Component, isGroupComponent } from '../components/index.ts';
import { inheritSettings } from '../expand/index.ts';
import type { Item } from '../list/index.ts';
import type { Subject } from '../problem/index.ts';
import { type MapValue, textAt } from '../yaml/index.ts';

/** Where a TidbCluster is: what a group says of its own counts where that does not say it. */
export function placeOf({ object }: Subject<TidbCluster>, base: Subject<TidbCluster>, group: Item): string {
  if (object.metadata.namespace) return object.metadata.namespace;
  const isBase = object === base.object;
  return (isBase ? textAt(group.object, 'spec', 'cluster', 'namespace') : '') || group.namespace;
}

/** The label by which TiDB Operator tells the pods of TidbClusters apart. */
export function instanceOf({ metadata }: TidbCluster): string {
  return metadata.labels?.['app.kubernetes.io/instance'] ?? metadata.name ?? '';
}

/** The labels of the pods that TiDB Operator makes for a component of a TidbCluster. */
export function operatorsLabels(object: TidbCluster, component: Component): MapValue {
  const { spec } = object;
  const own = isGroupComponent(component) ? component.group.of(spec) : undefined;
  return {
    ...(own && inheritSettings(own, spec).labels),
    'app.kubernetes.io/component': component.name,
    'app.kubernetes.io/instance': instanceOf(object),
    'app.kubernetes.io/managed-by': 'tidb-operator',
    'app.kubernetes.io/name': 'tidb-cluster',
  };
}
