import type { Item } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import type { Manifest } from './manifests.ts';

/** The same resources for TiDB Operator v2; see `convert`, which is loaded on demand. */
export async function convertResources(
  items: readonly Item[],
  problems: Problems,
): Promise<Manifest[] | undefined> {
  const { convert } = await import('./convert.ts');
  return convert(items, problems);
}
