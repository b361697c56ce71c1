import { Float, isMap, type MapValue, type Value } from '../yaml/index.ts';
import {
  type ConfigName,
  type KeyTable,
  type KnownKey,
  keyInMap,
  keyInToml,
  knownKeys,
  tableOf,
} from './known-keys.ts';
import { zeroOf, zeros } from './known-zeros.ts';
import {
  reportBothSpellings,
  reportDropped,
  reportInfinite,
  reportNull,
  reportType,
} from './map-problems.ts';
import { asStored } from './number.ts';
import type { Reader } from './read.ts';
import type { ConfigPath, ReportConfig } from './report.ts';
import { readScalar } from './scalar.ts';
import { byBytes, type ConfigTable, type ConfigValue } from './table.ts';

type NotNull = Exclude<Value, null>;

/**
 * Reads a config that is a YAML map. Keys that TiDB Operator knows have its types, and its names in TOML; numbers are what
 * Kubernetes stores. All other keys it drops from a TidbCluster, which a warning says of each. Those of a group stay, and
 * a number there that has a point stays a float, because nobody knows what its key takes.
 */
export function readMap(
  name: ConfigName,
  config: MapValue,
  reader: Reader,
  report: ReportConfig,
): ConfigTable {
  const known = knownKeys(name);
  const map = new MapReader(reader === 'operator', report);
  return known === undefined ? map.freeTable(config, []) : map.table(known, config, []);
}

class MapReader {
  constructor(
    private readonly isOperator: boolean,
    private readonly report: ReportConfig,
  ) {}

  /** A table whose keys are known, on top of what the same table said under another spelling of its name. */
  table(keys: KeyTable, source: MapValue, path: ConfigPath, table: ConfigTable = new Map()): ConfigTable {
    const before = new Map<string, ConfigPath>();
    // As Kubernetes stores them: of two keys that are one to the operator the last one counts.
    for (const key of Object.keys(source).sort(byBytes)) {
      const value = source[key] ?? null;
      const here = [...path, key];
      const known = keyInMap(keys, key) ?? (this.isOperator ? undefined : keyInToml(keys, key));
      if (known !== undefined) {
        const other = before.get(known.name);
        if (other !== undefined && known.keys === undefined) reportBothSpellings(other, key, this.report);
        before.set(known.name, here);
        this.setKnown(table, known, value, here);
      } else if (value !== null && this.isOperator) this.drop(value, here, keys);
      else if (value !== null) table.set(key, this.freeValue(value, here));
    }
    if (this.isOperator) for (const [key, zero] of zeros(keys)) if (!table.has(key)) table.set(key, zero);
    return table;
  }

  private drop(value: NotNull, path: ConfigPath, keys: KeyTable): void {
    // What JSON cannot hold never gets to the operator, which would drop it.
    if (!reportInfinite(value, path, this.report)) reportDropped(path, [...keys.keys()], this.report);
  }

  private setKnown(table: ConfigTable, known: KnownKey, value: Value, path: ConfigPath): void {
    const before = table.get(known.name);
    const isLeftOut = this.isOperator && known.written === 'filled' && saysNothing(value);
    const read = value === null ? undefined : this.held(known, known.holds, value, path, before);
    if (read === undefined || isLeftOut) table.delete(known.name);
    else table.set(known.name, read);
  }

  /** A value in the lists and maps that hold it; undefined if it is not what it must be. */
  private held(
    known: KnownKey,
    holds: string,
    value: NotNull,
    path: ConfigPath,
    before?: ConfigValue,
  ): ConfigValue | undefined {
    const inside = holds.slice(2);
    if (holds.startsWith('[]')) {
      if (Array.isArray(value))
        return this.items(value, path, (item, at) => this.held(known, inside, item, at));
      return reportType('list', value, path, this.report);
    }
    if (holds === '' && known.keys === undefined) return readScalar(known.type, value, path, this.report);
    if (!isMap(value)) return reportType('table', value, path, this.report);
    if (known.keys !== undefined && holds === '') {
      return this.table(tableOf(known.keys), value, path, before instanceof Map ? before : new Map());
    }
    return this.anyKeys(known, inside, value, path);
  }

  /** A map with keys of the user's. To the operator a null in it is a value that says nothing. */
  private anyKeys(known: KnownKey, holds: string, source: MapValue, path: ConfigPath): ConfigTable {
    const table: ConfigTable = new Map();
    for (const [key, value] of Object.entries(source)) {
      const nothing = this.isOperator && holds === '' ? zeroOf(known) : undefined;
      const read = value === null ? nothing : this.held(known, holds, value, [...path, key]);
      if (read !== undefined) table.set(key, read);
    }
    return table;
  }

  freeTable(source: MapValue, path: ConfigPath): ConfigTable {
    const table: ConfigTable = new Map();
    for (const [key, value] of Object.entries(source)) {
      if (value !== null) table.set(key, this.freeValue(value, [...path, key]));
    }
    return table;
  }

  private freeValue(value: NotNull, path: ConfigPath): ConfigValue {
    if (Array.isArray(value)) return this.items(value, path, (item, at) => this.freeValue(item, at));
    if (isMap(value)) return this.freeTable(value, path);
    if (value instanceof Float && !this.isOperator && value.hasPoint) return value;
    // Integers beyond 64 bits are floats to the operator, and an error to all others.
    return value instanceof Float || (this.isOperator && typeof value === 'bigint') ? asStored(value) : value;
  }

  private items(
    list: readonly Value[],
    path: ConfigPath,
    read: (item: NotNull, path: ConfigPath) => ConfigValue | undefined,
  ): ConfigValue[] {
    const items: ConfigValue[] = [];
    for (const [index, item] of list.entries()) {
      const here = [...path, index];
      const value = item === null ? reportNull(here, this.report) : read(item, here);
      if (value !== undefined) items.push(value);
    }
    return items;
  }
}

function saysNothing(value: Value): boolean {
  if (Array.isArray(value) || isMap(value)) return Object.keys(value).length === 0;
  return value === '' || value === false;
}
