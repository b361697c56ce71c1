import type { Config, TidbCluster } from '../../api/index.ts';
import { byName, configPlaces, isComponentName } from '../../components/index.ts';
import {
  type ConfigPart,
  type ConfigPlace,
  type ConfigProblem,
  type ConfigTable,
  type ConfigValue,
  getKey,
  type Reader,
  readConfig,
  readPlace,
  reportAt,
} from '../../config/index.ts';
import type { Field } from '../../problem/index.ts';
import { closest } from '../structure/nearest.ts';
import { show } from '../structure/show.ts';

/**
 * TiDB Operator must be able to read and write back the configs of a TidbCluster, whether TOML or maps. Text of a newer
 * TOML must not reach the operator unchanged.
 */
export function checkConfigs(cluster: TidbCluster, isHandedOn: boolean, root: Field): void {
  for (const place of configPlaces(cluster)) {
    const report = reportAt(root.to(...place.path), place.config);
    for (const problem of readPlace(place).problems) {
      if (problem.code !== 'config-toml-version' || isHandedOn) report(withMeant(problem, place));
    }
  }
}

/** A key that the operator does not know may be a typo of one, and no newer key. */
function withMeant(problem: ConfigProblem, { part }: ConfigPlace): ConfigProblem {
  const { known = [], path } = problem;
  const name = String(path.at(-1));
  const ofServer =
    path.length === 1 && isComponentName(part.name) ? byName[part.name].configFacts?.names : undefined;
  const [meant] = ofServer?.includes(name) ? [] : closest(name, known);
  // Short names are all near to each other.
  if (meant === undefined || meant.length < SHORT) return problem;
  const predicate = `has no effect: if a config is a map, TiDB Operator drops keys that it does not know; did you mean ${show([...path.slice(0, -1), meant].join('.'))}? A key that is newer than the operator takes effect in a config of TOML text`;
  return { ...problem, predicate };
}

const SHORT = 4;

/** Several checks need the same text, and groups often share it. Only recent ones are kept. */
const TEXTS = new Map<string, ConfigTable | undefined>();
const MOST_TEXTS = 100;

/** A config, or undefined if it is no TOML, which is reported elsewhere. It is to be read only. */
export function readQuietly(
  part: Pick<ConfigPart, 'name'>,
  config: Config | undefined,
  reader: Reader,
): ConfigTable | undefined {
  if (typeof config !== 'string') return readAnew(part, config, reader);
  const key = `${part.name} ${reader} ${config}`;
  if (TEXTS.has(key)) return TEXTS.get(key);
  const table = readAnew(part, config, reader);
  if (TEXTS.size < MOST_TEXTS) TEXTS.set(key, table);
  return table;
}

function readAnew(
  { name }: Pick<ConfigPart, 'name'>,
  config: Config | undefined,
  reader: Reader,
): ConfigTable | undefined {
  let isToml = true;
  const table = readConfig(name, config, reader, ({ code }) => {
    if (code === 'config-not-toml') isToml = false;
  });
  return isToml ? table : undefined;
}

/** A value in a config by its dotted path. */
export function valueIn(table: ConfigTable | undefined, path: string): ConfigValue | undefined {
  return table && getKey(table, path);
}
