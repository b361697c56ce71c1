import { Float, isMap, type MapValue, type Value } from '../list/index.ts';
import { formatPath } from '../problem/index.ts';
import { isFloatKey } from './known-keys.ts';
import type { ReportConfig } from './report.ts';
import type { ConfigTable, ConfigValue } from './table.ts';

type Step = string | number;

/**
 * Reads a config that is written as a YAML map. Every key stays, a null goes (the API server drops it too), and an
 * integer under a key that is a float to the component becomes one, as when the operator reads the map.
 */
export function readMap(component: string, config: MapValue, report: ReportConfig): ConfigTable {
  return toTable(config, []);

  function toTable(source: MapValue, path: readonly Step[]): ConfigTable {
    const table: ConfigTable = new Map();
    for (const [key, value] of Object.entries(source)) {
      if (value !== null) table.set(key, toConfig(value, [...path, key]));
    }
    return table;
  }

  function toConfig(value: Exclude<Value, null>, path: readonly Step[]): ConfigValue {
    if (Array.isArray(value)) return value.flatMap((item, index) => itemOf(item, [...path, index]));
    if (isMap(value)) return toTable(value, path);
    const isInteger = typeof value === 'number' || typeof value === 'bigint';
    if (isInteger && isFloatKey(component, path)) return new Float(Number(value));
    return value;
  }

  function itemOf(item: Value, path: readonly Step[]): ConfigValue[] {
    if (item !== null) return [toConfig(item, path)];
    const message = `\`${formatPath(path)}\` must not be null, because TOML has no null; give it a value or remove it`;
    report({ code: 'config-value', path, message });
    return [];
  }
}
