import { CONFIG_API_VERSION, CONFIG_KIND, type ExpandTidbGroupsSpec } from '../api/index.ts';
import { Item } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { readFunctionConfig, type Settings as WholeSettings } from '../render/index.ts';
import type { MapValue } from '../yaml/index.ts';

/**
 * The settings of a render, as in the `spec` of an ExpandTidbGroups; each has a default. A function config among the
 * resources is ignored.
 */
export type Settings = Readonly<ExpandTidbGroupsSpec>;

/** Settings with all defaults filled in. Reports those that the function config could not have, as `spec.NAME`. */
export function settled(settings: Settings, problems: Problems): WholeSettings {
  const spec: MapValue = Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  );
  const metadata = { name: 'settings' };
  const config = Item.of({ apiVersion: CONFIG_API_VERSION, kind: CONFIG_KIND, metadata, spec });
  return readFunctionConfig(config, problems).settings;
}
