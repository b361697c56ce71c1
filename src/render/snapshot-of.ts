import { loadExpansions } from '../components/index.ts';
import type { Item } from '../list/index.ts';
import type { Snapshot } from '../plan/index.ts';
import type { Problems } from '../problem/index.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

/**
 * The result of rendering resources, for a comparison: groups are rendered, and what was rendered before stays where
 * there are no groups. Counts only where no error was reported. Loaded on demand: an ordinary render compares nothing.
 */
export async function snapshotOf(
  items: readonly Item[],
  problems: Problems,
  settings: Settings = DEFAULT_SETTINGS,
): Promise<Snapshot> {
  const { takeSnapshot } = await import('./snapshot.ts');
  await loadExpansions();
  return takeSnapshot(items, problems, settings);
}
