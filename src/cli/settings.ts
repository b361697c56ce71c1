import { CONFIG_API_VERSION, CONFIG_KIND, readConfig } from '../../functions/expand-tidb-groups/config.ts';
import { FileReader } from '../io/index.ts';
import { type Item, openStream, sameValue } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { DEFAULT_SETTINGS, type Settings } from '../render/index.ts';
import { Misuse, reasonOf } from './misuse.ts';

/** The settings of a command that was given a function config by name. */
export async function settingsIn(file: string, problems: Problems): Promise<Settings> {
  const everything = { reads: () => true, names: () => true, markers: [] };
  const before = problems.errorCount;
  const items = await openStream(file, bytesOf(file), everything, problems);
  if (problems.errorCount > before) return DEFAULT_SETTINGS;
  const [config, ...more] = items;
  if (config === undefined || more.length > 0) {
    throw new Misuse(
      `"${file}" must hold one function config, but holds ${more.length > 0 ? items.length : 'no'} resources; name another file`,
    );
  }
  return readConfig(config, problems).settings;
}

/**
 * The settings that hold for resources: those of the function configs among them, where these agree. Undefined where
 * they do not; all of them are checked.
 */
export function settingsAmong(items: readonly Item[], problems: Problems): Settings | undefined {
  const found: Settings[] = [];
  for (const item of items) {
    if (item.apiVersion !== CONFIG_API_VERSION) continue;
    const { settings } = readConfig(item, problems);
    if (item.kind === CONFIG_KIND) found.push(settings);
  }
  const [first = DEFAULT_SETTINGS, ...others] = found;
  return others.every((other) => sameValue({ ...first }, { ...other })) ? first : undefined;
}

/** The same for a render, which cannot do without. */
export function settingsToRender(items: readonly Item[], problems: Problems): Settings {
  const settings = settingsAmong(items, problems);
  if (settings !== undefined) return settings;
  const files = items
    .filter(({ apiVersion, kind }) => apiVersion === CONFIG_API_VERSION && kind === CONFIG_KIND)
    .map((item) => `"${item.source.name ?? item.name}"`);
  throw new Misuse(
    `the function configs among the resources say different things: ${[...new Set(files)].join(', ')}; say with --config which one counts`,
  );
}

function bytesOf(file: string): Buffer {
  try {
    return new FileReader().read(file);
  } catch (error) {
    throw new Misuse(`"${file}" must be readable, but ${reasonOf(error)}`);
  }
}
