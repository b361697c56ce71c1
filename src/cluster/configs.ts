import type { TidbCluster } from '../api/index.ts';
import { configPlaces } from '../components/index.ts';
import { type ConfigPlace, clusterConfig } from '../config/index.ts';
import type { Edit } from '../list/index.ts';
import type { Subject } from '../validate/index.ts';

/**
 * The edits by which each component's config becomes the text that TiDB Operator writes in its place whenever it updates
 * the TidbCluster: what runs stays the same. A config that is this text already has none, and one that is wrong, of which
 * the validation speaks.
 */
export function configEdits({ object }: Subject<TidbCluster>): Edit[] {
  return configPlaces(object).flatMap(editOf);
}

function editOf({ part, path, config }: ConfigPlace): Edit[] {
  let isSound = true;
  const text = clusterConfig(part, config, ({ code }) => {
    // Keys without effect are none of the text, and what is newer TOML is older in it.
    isSound &&= code === 'config-key-dropped' || code === 'config-toml-version';
  });
  if (!isSound || text === config) return [];
  return [{ path: path.slice(0, -1), set: { [String(path.at(-1))]: text } }];
}
