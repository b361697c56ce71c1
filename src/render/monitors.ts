import { ADDED_CLUSTERS, API_VERSION } from '../api/index.ts';
import { monitorEdits } from '../cluster/index.ts';
import type { Item } from '../list/index.ts';
import type { ClusterResolver } from '../resolve/index.ts';
import type { Outcome } from './outcome.ts';
import type { Settings } from './settings.ts';

/**
 * Makes TidbMonitors watch the groups of the clusters that they watch. A monitor finds servers by their TidbCluster, so
 * this is for groups that are rendered as one; otherwise added entries are removed.
 */
export async function editMonitors(
  items: readonly Item[],
  { output, addToMonitors }: Settings,
  members: ReadonlyMap<Item, readonly Item[]>,
  resolver: ClusterResolver,
  outcome: Outcome,
): Promise<void> {
  const isWanted = output === 'TidbCluster' && addToMonitors;
  for (const item of items) {
    if (item.kind !== 'TidbMonitor' || item.apiVersion !== API_VERSION || !item.isRead) continue;
    if (!isWanted && item.annotation(ADDED_CLUSTERS) === undefined) continue;
    const lookUp = (name: string, namespace: string) => resolver.lookUp(item, name, namespace);
    outcome.edit(item, await monitorEdits(item, isWanted ? members : new Map(), lookUp));
  }
}
