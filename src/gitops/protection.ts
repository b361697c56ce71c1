import { DELETION, isLocal, LOCAL_CONFIG } from '../krm/index.ts';
import type { Item } from '../list/index.ts';
import { FLUX_PRUNE, SYNC_OPTIONS } from './keys.ts';
import { together } from './options.ts';

type Annotations = { [key: string]: string };

/**
 * Stops engines from deleting what holds data, and what that needs to run. Argo CD's `Prune=confirm` would be nicer to
 * work with, but versions that do not know it prune without asking.
 */
export const KEPT: Annotations = {
  [SYNC_OPTIONS]: 'Prune=false,Delete=false',
  [FLUX_PRUNE]: 'disabled',
  [DELETION]: 'detach',
};

/**
 * The annotations by which engines keep a TidbCluster, as far as they are not there: its PD and stores go with it, and
 * the stores of its groups cannot run without them. None on one that is for tools only, and so never in a cluster.
 */
export function protectionOf(cluster: Item): Annotations {
  if (isLocal(cluster.annotation(LOCAL_CONFIG))) return {};
  const added: Annotations = {};
  for (const [key, told] of Object.entries(KEPT)) {
    const written = cluster.annotation(key);
    const value = together(key, written, told);
    if (value !== written) added[key] = value;
  }
  return added;
}
