import type { Config, TidbCluster } from '../../api/index.ts';
import { configPlaces } from '../../components/index.ts';
import {
  type ConfigPart,
  type ConfigTable,
  type ConfigValue,
  clusterTable,
  getKey,
  placed,
  type Reader,
  readConfig,
} from '../../config/index.ts';
import type { At } from './at.ts';

/**
 * The configs of a TidbCluster, be they TOML or maps, must be such as TiDB Operator can read and write back. Text of a
 * newer TOML must not be where the operator gets it as it is.
 */
export function checkConfigs(cluster: TidbCluster, isHandedOn: boolean, root: At): void {
  for (const { part: whose, path: whole, config } of configPlaces(cluster)) {
    clusterTable(whose, config, (problem) => {
      if (problem.code === 'config-toml-version' && !isHandedOn) return;
      const { path, message, spot } = placed(whole, config, problem);
      const part = problem.code === 'config-key-dropped' ? 'key' : 'value';
      root.to(...path).say(problem.code, message, part, spot);
    });
  }
}

/** A config, or undefined where it is no TOML, which is reported elsewhere. */
export function readQuietly(
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
