import { loadExpansions } from '../components/index.ts';
import type { Item } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import type { Adopted } from './adopt.ts';

export type { Adopted } from './adopt.ts';

/** The groups that heterogeneous TidbClusters would be; see `adopt`, which is loaded on demand. */
export async function adoptClusters(items: readonly Item[], problems: Problems): Promise<Adopted[]> {
  const { adopt } = await import('./adopt.ts');
  await loadExpansions();
  return adopt(items, problems);
}
