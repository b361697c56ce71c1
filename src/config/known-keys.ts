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
  readonly keys?: KeyPairs | string;
}

/** What is known of a key, in short: of most the type is all, and the others lack what is as usual. */
export type ShortKey = KeyType | (Pick<KnownKey, 'type'> & Partial<KnownKey>);

type KeyPairs = readonly (readonly [key: string, known: ShortKey])[];

export type KeyTable = ReadonlyMap<string, ShortKey>;

/** Whose keys a config has. */
export type ConfigName = keyof typeof KNOWN_KEYS | ComponentName;

const TEXTS: { readonly [name in ConfigName]?: string } = KNOWN_KEYS;

/** The keys of a component's config; undefined if the operator knows none, and keeps all. */
export function knownKeys(config: ConfigName): KeyTable | undefined {
  const text = TEXTS[config];
  return text === undefined ? undefined : tableOf(text);
}

/** The keys of a table in a config. Those of the outermost ones are JSON: a config has few of them. */
export function tableOf(keys: KeyPairs | string): KeyTable {
  const known = tables.get(keys);
  if (known !== undefined) return known;
  const table = new Map(typeof keys === 'string' ? (JSON.parse(keys) as KeyPairs) : keys);
  tables.set(keys, table);
  return table;
}

const tables = new Map<KeyPairs | string, KeyTable>();

export function keysOf(table: KeyTable): KnownKey[] {
  return [...table].map(([key, known]) => keyOf(key, known));
}

/** A key by its name in a map. As to what Go reads JSON with, case counts only where two keys differ in nothing else. */
export function keyInMap(table: KeyTable, name: string): KnownKey | undefined {
  const known = table.get(name);
  if (known !== undefined) return keyOf(name, known);
  const other = [...table].find(([key]) => isSame(key, name));
  return other && keyOf(...other);
}

/** A key by its name in TOML. */
export function keyInToml(table: KeyTable, name: string): KnownKey | undefined {
  return keysOf(table).find((known) => known.name === name);
}

function keyOf(key: string, known: ShortKey): KnownKey {
  return { holds: '', name: key, ...(typeof known === 'string' ? { type: known } : known) };
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && folded(one) === folded(other);
}

/** Both ways, because `ſ` has only one of them, and the sign of Kelvin only the other. */
function folded(name: string): string {
  return name.toLowerCase().toUpperCase();
}
