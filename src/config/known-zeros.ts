import { Float } from '../yaml/index.ts';
import { type KeyTable, type KnownKey, keysOf, tableOf } from './known-keys.ts';
import type { ConfigTable, ConfigValue } from './table.ts';

/** What TiDB Operator writes of keys that are not set, where it writes all that it knows. */
export function zeros(keys: KeyTable): ConfigTable {
  const table: ConfigTable = new Map();
  for (const known of keysOf(keys)) if (known.written === 'always') table.set(known.name, zeroOf(known));
  return table;
}

/** What an empty value becomes outside of lists and maps. */
export function zeroOf({ type, keys }: KnownKey): ConfigValue {
  if (keys !== undefined) return zeros(tableOf(keys));
  if (type === 'string') return '';
  if (type === 'bool') return false;
  return type === 'float64' ? new Float(0) : 0;
}
