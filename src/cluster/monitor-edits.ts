import type { Item } from '../list/index.ts';
import type { Edit } from '../yaml-write/index.ts';
import type { LookUp } from './monitors.ts';

/** What changes in a TidbMonitor, so that it watches groups. Loaded on demand: most builds hold none that could. */
export async function monitorEdits(
  monitor: Item,
  members: ReadonlyMap<Item, readonly Item[]>,
  lookUp: LookUp,
): Promise<Edit[]> {
  const monitors = await import('./monitors.ts');
  return monitors.monitorEdits(monitor, members, lookUp);
}
