import type { Float } from '../yaml/index.ts';

/**
 * A TOML table. A map and no object: a config's keys are the user's, and `__proto__` may be one of them.
 * Integers beyond 2^53 are bigints, other integers numbers; every number that is a float to TOML is a `Float`.
 */
export type ConfigTable = Map<string, ConfigValue>;

export type ConfigValue =
  | string
  | boolean
  | number
  | bigint
  | Float
  | ConfigDate
  | ConfigValue[]
  | ConfigTable;

/** A point in time, as RFC 3339 text in UTC: `2024-01-02T03:04:05Z`. */
export class ConfigDate {
  constructor(readonly text: string) {}
}

/** The order of texts by their bytes in UTF-8, in which Go sorts; JavaScript's own has surrogates before U+E000. */
export function byBytes(one: string, other: string): number {
  let index = 0;
  while (index < one.length && one.charCodeAt(index) === other.charCodeAt(index)) index++;
  if (index === one.length || index === other.length) return one.length - other.length;
  return rankOf(one.charCodeAt(index)) - rankOf(other.charCodeAt(index));
}

function rankOf(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

/** An integer as a table holds it. */
export function integerOf(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The value at a dotted path such as `log.file.max-backups`; keys that hold a dot themselves are out of its reach. */
export function getKey(table: ConfigTable, path: string): ConfigValue | undefined {
  let value: ConfigValue | undefined = table;
  for (const key of path.split('.')) {
    if (!(value instanceof Map)) return undefined;
    value = value.get(key);
  }
  return value;
}

/**
 * Sets the value at a dotted path, and makes the tables on the way. Where something else than a table stands in
 * the way nothing is set, and its path is returned.
 */
export function setKey(table: ConfigTable, path: string, value: ConfigValue): string | undefined {
  const keys = path.split('.');
  const last = keys.pop() ?? path;
  let target = table;
  for (const [depth, key] of keys.entries()) {
    const next = target.get(key) ?? new Map<string, ConfigValue>();
    if (!(next instanceof Map)) return keys.slice(0, depth + 1).join('.');
    target.set(key, next);
    target = next;
  }
  target.set(last, value);
  return undefined;
}
