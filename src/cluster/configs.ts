import type { TidbCluster } from '../api/index.ts';
import { configPlaces } from '../components/index.ts';
import { type ConfigPlace, canonical, readPlace } from '../config/index.ts';
import type { Subject } from '../problem/index.ts';
import type { Edit } from '../yaml-write/index.ts';

/**
 * The edits by which each component's config becomes the text that TiDB Operator writes in its place whenever it updates
 * the TidbCluster: what runs stays the same. A config that is this text already has none, and one that is wrong, of which
 * the validation speaks.
 */
export function configEdits({ object }: Subject<TidbCluster>): Edit[] {
  return configPlaces(object).flatMap(editOf);
}

function editOf(place: ConfigPlace): Edit[] {
  const { path, config } = place;
  const { table, problems } = readPlace(place);
  // Keys without effect are none of the text, and what is newer TOML is older in it.
  if (!problems.every(({ code }) => code === 'config-key-dropped' || code === 'config-toml-version'))
    return [];
  const text = canonical(table);
  if (text === config) return [];
  return [{ path: path.slice(0, -1), set: { [String(path.at(-1))]: text } }];
}
