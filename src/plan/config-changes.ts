import type { ComponentName } from '../api/index.ts';
import { NOTES } from '../components/notes.generated.ts';
import { ONLINE_KEYS } from '../components/online-keys.generated.ts';
import type { Taken, Takes } from '../components/online-keys.ts';
import { ConfigDate, type ConfigTable, type ConfigValue } from '../config/index.ts';
import { type MapValue, mapAt, sameValue, setOwn, type Value } from '../yaml/index.ts';
import { type ConfigFile, hasRegions, type Workload } from './workload.ts';

/** A key of a server's config that is not the same on both sides; a side that lacks it has no value. */
export interface ConfigChange {
  /** The key with the tables around it: `storage.block-cache.capacity`. Of TiFlash's proxy: `proxy: …`. */
  readonly key: string;
  readonly old?: Value;
  readonly new?: Value;
  /** Whether the server takes it by a statement, at a restart, or no longer from the file (`sql-only`). */
  readonly takes: Takes;
  /** The statement by which it is taken without a restart; for one server (`ADDRESS`) if others must not take it. */
  readonly statement?: string;
}

/** Stands for a server in a statement. */
export const ADDRESS = '"ADDRESS"';

/**
 * The keys that differ, in the order of their names. `hasOthers` says whether the cluster has more servers of the
 * component than these: `SET CONFIG tikv` would change theirs too.
 */
export function configChanges(old: Workload, now: Workload, hasOthers = true): ConfigChange[] {
  const names = new Set([...old.configs, ...now.configs].map(({ name }) => name));
  const whose = hasOthers && hasRegions(now) ? ADDRESS : now.component;
  return [...names].flatMap((name) => fileChanges(name, tableOf(old.configs, name), now, whose));
}

function tableOf(files: readonly ConfigFile[], name: string): ConfigTable {
  return files.find((file) => file.name === name)?.table ?? new Map();
}

function fileChanges(
  name: string,
  old: ConfigTable,
  { configs, component, template }: Workload,
  whose: string,
): ConfigChange[] {
  const annotations = mapAt(template, 'metadata', 'annotations');
  const before = flat(old);
  const after = flat(tableOf(configs, name));
  // Where one side has no file, these were arguments there: what changed of them stands among the fields.
  const elsewhere = before.size === 0 || after.size === 0 ? (NOTES[component]?.argumentKeys ?? []) : [];
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.flatMap((key): ConfigChange[] => {
    if (elsewhere.includes(key)) return [];
    const [was, is] = [before.get(key), after.get(key)];
    if (sameValue(was, is)) return [];
    const whole = name === 'config' ? key : `${name}: ${key}`;
    const { takes, variable } = takenBy(component, whole, annotations);
    return [
      {
        key: whole,
        ...(was !== undefined && { old: was }),
        ...(is !== undefined && { new: is }),
        takes,
        ...(takes !== 'restart' &&
          takes !== 'reload' &&
          is !== undefined && { statement: statement(whose, key, is, variable) }),
      },
    ];
  });
}

function takenBy(component: ComponentName, key: string, annotations: MapValue): Taken {
  return ONLINE_KEYS[component]?.taken(key, annotations) ?? { takes: 'restart' };
}

function statement(whose: string, key: string, value: Value, variable: string | undefined): string {
  const literal = typeof value === 'string' ? `'${value.replaceAll(/['\\]/g, '\\$&')}'` : inSql(value);
  return variable === undefined
    ? `SET CONFIG ${whose} \`${key.replaceAll('`', '``')}\` = ${literal};`
    : `SET GLOBAL ${variable} = ${literal};`;
}

function inSql(value: Value): string {
  return Array.isArray(value)
    ? `'${value.map(String).join(',').replaceAll(/['\\]/g, '\\$&')}'`
    : String(value);
}

/** A config's values by dotted key; an empty table has none. */
export function flat(table: ConfigTable): Map<string, Value> {
  const values = new Map<string, Value>();
  collect(values, table, '');
  return values;
}

function collect(values: Map<string, Value>, table: ConfigTable, prefix: string): void {
  for (const [key, value] of table) {
    const name = prefix + (/^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key));
    if (value instanceof Map) collect(values, value, `${name}.`);
    else values.set(name, toValue(value));
  }
}

function toValue(value: ConfigValue): Value {
  if (value instanceof ConfigDate) return value.text;
  if (Array.isArray(value)) return value.map(toValue);
  if (!(value instanceof Map)) return value;
  const map: Value = {};
  for (const [key, item] of value) setOwn(map, key, toValue(item));
  return map;
}
