import { existsSync, statSync } from 'node:fs';
import type { Item } from '../list/index.ts';
import { Problems } from '../problem/index.ts';
import { holdsManifests } from './files.ts';
import { loadResources } from './load.ts';

/** What an earlier render wrote to the output directory, as far as it can be read. */
export async function earlierRender(directory: string): Promise<Item[]> {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) return [];
  if (!holdsManifests(directory)) return [];
  const { items } = await loadResources([directory], new Problems(), { readsEverything: true });
  return items;
}
