import type { ComponentName } from '../api/index.ts';
import { KNOWN_KEYS } from './known-keys.generated.ts';

export type IntegerType = 'int' | 'int32' | 'int64' | 'uint' | 'uint32' | 'uint64';
export type KeyType = 'bool' | 'float64' | IntegerType | 'string' | 'table';

/** A key that TiDB Operator knows of a config that is a map. */
export interface KnownKey {
  readonly type: KeyType;
  /** What the values stand in, from the outside: `[]` a list, `{}` a map with any keys; '' in nothing. */
  readonly holds: string;
  /** What it is called in TOML. */
  readonly name: string;
  /** `always`: also where it is not set. `filled`: only where it says something. Undefined: where it is set. */
  readonly written?: 'always' | 'filled';
  /** Of a table, the keys in it; see `tableOf`. */
  readonly keys?: KeyTable | string;
}

/** What is known of keys, in short: of most the type is all, and the others lack what is as usual. */
export interface KeyTable {
  readonly [key: string]: KeyType | (Pick<KnownKey, 'type'> & Partial<KnownKey>);
}

/** Whose keys a config has. */
export type ConfigName = keyof typeof KNOWN_KEYS | ComponentName;

const TEXTS: { readonly [name in ConfigName]?: string } = KNOWN_KEYS;

const tables = new Map<ConfigName, KeyTable>();

/** The keys of a component's config; undefined if the operator knows none, and keeps all. */
export function knownKeys(config: ConfigName): KeyTable | undefined {
  const text = TEXTS[config];
  if (text === undefined) return undefined;
  const table = tables.get(config) ?? (JSON.parse(text) as KeyTable);
  tables.set(config, table);
  return table;
}

/** The keys of a table in a config. Those of the outermost ones are JSON: a config has few of them. */
export function tableOf(keys: KeyTable | string): KeyTable {
  if (typeof keys !== 'string') return keys;
  const table = inner.get(keys) ?? (JSON.parse(keys) as KeyTable);
  inner.set(keys, table);
  return table;
}

const inner = new Map<string, KeyTable>();

export function keysOf(table: KeyTable): KnownKey[] {
  return Object.keys(table).map((key) => keyOf(table, key));
}

/** A key by its name in a map. As to what Go reads JSON with, case counts only where two keys differ in nothing else. */
export function keyInMap(table: KeyTable, name: string): KnownKey | undefined {
  const key = Object.hasOwn(table, name) ? name : Object.keys(table).find((other) => isSame(other, name));
  return key === undefined ? undefined : keyOf(table, key);
}

/** A key by its name in TOML. */
export function keyInToml(table: KeyTable, name: string): KnownKey | undefined {
  return keysOf(table).find((known) => known.name === name);
}

function keyOf(table: KeyTable, key: string): KnownKey {
  const known = table[key] ?? 'table';
  return { holds: '', name: key, ...(typeof known === 'string' ? { type: known } : known) };
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && folded(one) === folded(other);
}

/** Both ways, because `ſ` has only one of them, and the sign of Kelvin only the other. */
function folded(name: string): string {
  return name.toLowerCase().toUpperCase();
}
