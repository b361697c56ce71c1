import type { TidbCluster } from '../../api/index.ts';
import { byName } from '../../components/index.ts';
import { Field, type Problems, type Subject } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { readQuietly, valueIn } from './config.ts';
import { componentOf, type Group } from './group-of.ts';

/**
 * Two stores are worse than one: each piece of data has two replicas, and cannot be used once either is lost.
 * Stores of groups count, and those of other TidbClusters that join this one.
 */
export function checkStoreCount(
  { object, origin }: Subject<TidbCluster>,
  groups: readonly Group[],
  joined: readonly TidbCluster[],
  problems: Problems,
): void {
  const { pd, tikv } = object.spec;
  const own = tikv?.replicas ?? 0;
  if (!pd || object.spec.cluster || own > 2) return;
  const stores = groups.filter((group) => componentOf(group).keeps === 'regions');
  const inGroups = stores.reduce((sum, group) => sum + group.object.spec.replicas, 0);
  if (own + inGroups !== 2) return;
  const { name, namespace } = origin.id;
  if (
    joined.some(({ spec }) => spec.tikv) ||
    valueIn(readQuietly(byName.pd.configs[0], pd.config, 'operator'), 'replication.max-replicas') === 1
  )
    return;
  const [first] = stores;
  const at = tikv
    ? new Field(origin, problems, ['spec', byName.tikv.name, 'replicas'])
    : new Field(first?.origin ?? origin, problems, ['spec', 'replicas']);
  const cluster = namespace === '' ? show(name) : `${show(name)} (namespace ${show(namespace)})`;
  const message = `makes "2" TiKV stores in total for the TidbCluster ${cluster}, so none may be lost; run 3 or more, so that one may`;
  at.add('store-count', message);
}
