import type { Config } from '../../api/index.ts';
import { type ConfigTable, type ConfigValue, getKey, placed, readConfig } from '../../config/index.ts';
import type { At } from './at.ts';
import type { Component } from './server-spec.ts';

/** A component's config, be it TOML or a map, must be one that TiDB Operator can read. */
export function checkConfig(component: Component, config: Config | undefined, at: At): void {
  if (!config) return;
  readConfig(component, config, (problem) => {
    const { path, message, spot } = placed(at.path, config, problem);
    at.to(...path.slice(at.path.length)).say(problem.code, message, 'value', spot);
  });
}

/** A config, or undefined where it is no TOML, which is reported elsewhere. */
export function readQuietly(component: Component, config: Config | undefined): ConfigTable | undefined {
  let isToml = true;
  const table = readConfig(component, config, ({ code }) => {
    if (code === 'config-not-toml') isToml = false;
  });
  return isToml ? table : undefined;
}

/** A value in a config by its dotted path. */
export function valueIn(table: ConfigTable | undefined, path: string): ConfigValue | undefined {
  return table && getKey(table, path);
}
