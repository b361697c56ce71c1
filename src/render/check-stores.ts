import type { TidbCluster } from '../api/index.ts';
import { allBy } from '../lookup/index.ts';
import type { Problems, Subject } from '../problem/index.ts';
import type { GroupInCluster } from '../validate/index.ts';
import { checkStoresTogether } from '../zones/index.ts';

/** Checks the stores of each TidbCluster together, as far as it and its groups are sound. */
export function checkStores(
  all: readonly GroupInCluster[],
  clusters: readonly Subject<TidbCluster>[],
  problems: Problems,
): void {
  const withStores = clusters.filter(({ object }) => object.spec.tikv);
  const joinedBy = new Set(withStores.flatMap(({ object }) => object.spec.cluster?.name ?? []));
  const byCluster = allBy(all, ({ cluster }) => (cluster ? [cluster.origin] : []));
  for (const its of byCluster.values()) {
    const cluster = its[0]?.cluster;
    if (cluster === undefined) continue;
    const groups = its.map(({ group }) => group);
    const othersHaveStores = joinedBy.has(cluster.origin.id.name);
    checkStoresTogether({ cluster, groups, othersHaveStores }, problems);
  }
}
