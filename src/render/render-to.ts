import type { Item } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { isGroup, type Manifest, manifests } from './manifests.ts';
import { type Rendering, render } from './render.ts';
import type { Settings } from './settings.ts';

/** The manifests that resources come to, which are applied and not written back; none where there are errors. */
export async function renderToApply(
  items: readonly Item[],
  problems: Problems,
  settings: Settings,
  before: readonly Item[] = [],
): Promise<Manifest[]> {
  // What comes out is not the source, whatever annotations it carries.
  const changes = await render(items, problems, { canonicalConfig: true, ...settings }, before);
  return problems.errorCount > 0 ? [] : manifests(items, changes);
}

/** What resources come to, for those who only want to know what is wrong with them. */
export async function renderToValidate(
  items: readonly Item[],
  problems: Problems,
  settings: Settings,
  isRendered = false,
): Promise<Rendering> {
  // What is rendered, or has no groups, is no earlier state of anything.
  const guard = settings.guard && !isRendered && items.some(isGroup);
  // Somebody may apply them as they are, unless a setting says that their configs are written anew.
  const { canonicalConfig = false } = settings;
  return render(items, problems, { ...settings, guard, canonicalConfig });
}
