import type { TidbCluster } from '../api/index.ts';
import type { Item } from '../list/index.ts';
import type { Origin, Subject } from '../problem/index.ts';

/** A TidbCluster, and the one that it joins, if it joins one. */
export interface JoiningCluster extends Subject<TidbCluster> {
  readonly item: Item;
  readonly joins: Origin | undefined;
}

/** Tells for each TidbCluster in which one its servers are: that which it joins, or itself. */
export function homesOf(
  clusters: readonly JoiningCluster[],
): (cluster: Pick<Subject<TidbCluster>, 'origin'>) => Origin {
  const homes = new Map(clusters.map(({ origin, joins }) => [origin, joins ?? origin]));
  return ({ origin }) => homes.get(origin) ?? origin;
}
