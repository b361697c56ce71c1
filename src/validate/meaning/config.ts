import type { Config, TidbCluster } from '../../api/index.ts';
import { configPlaces } from '../../components/index.ts';
import {
  type ConfigPart,
  type ConfigTable,
  type ConfigValue,
  getKey,
  type Reader,
  readConfig,
  readPlace,
  reportAt,
} from '../../config/index.ts';
import type { Field } from '../../problem/index.ts';

/**
 * TiDB Operator must be able to read and write back the configs of a TidbCluster, whether TOML or maps. Text of a newer
 * TOML must not reach the operator unchanged.
 */
export function checkConfigs(cluster: TidbCluster, isHandedOn: boolean, root: Field): void {
  for (const place of configPlaces(cluster)) {
    const report = reportAt(root.to(...place.path), place.config);
    for (const problem of readPlace(place).problems) {
      if (problem.code !== 'config-toml-version' || isHandedOn) report(problem);
    }
  }
}

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
