import type { Item } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { isGroup, type Manifest, manifests } from './manifests.ts';
import { type Rendering, render } from './render.ts';
import type { Settings } from './settings.ts';

/** The manifests of a render that is applied and not written back; none if there are errors. */
export async function renderToApply(
  items: readonly Item[],
  problems: Problems,
  settings: Settings,
  before: readonly Item[] = [],
): Promise<Manifest[]> {
  // The output is not the source, whatever its annotations say.
  const changes = await render(items, problems, { canonicalConfig: true, ...settings }, before);
  return problems.errorCount > 0 ? [] : manifests(items, changes);
}

/** A render for those who only want to know what is wrong with the resources. */
export async function renderToValidate(
  items: readonly Item[],
  problems: Problems,
  settings: Settings,
  isRendered = false,
): Promise<Rendering> {
  // What is rendered, or has no groups, is no earlier state of anything.
  const guard = settings.guard && !isRendered && items.some(isGroup);
  // Somebody may apply them as they are, unless a setting says that their configs are written again.
  const { canonicalConfig = false } = settings;
  return render(items, problems, { ...settings, guard, canonicalConfig });
}
