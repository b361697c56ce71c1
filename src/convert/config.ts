import {
  type ConfigPart,
  type ConfigTable,
  canonical,
  getKey,
  placed,
  readConfig,
  setDefault,
  spotOf,
} from '../config/index.ts';
import type { Value } from '../yaml/index.ts';
import { Commented } from '../yaml-write/index.ts';
import type { Group } from './group.ts';

const LABELS = 'labels';
/** Labels of servers that v2 sets by itself. */
const OWN_LABELS = ['host', 'region', 'zone'];

/** The configs, as TOML and without the keys that v2 sets itself. A text that needs no change stays as it is. */
export function convertConfigs(group: Group): void {
  const { component, inV2 } = group.source;
  for (const [index, part] of component.configs.entries()) {
    const into = inV2.configs[index];
    if (into !== undefined) convertConfig(group, part, into, index === 0);
  }
}

function convertConfig(
  group: Group,
  part: ConfigPart,
  { to, refused }: { readonly to: string; readonly refused: readonly string[] },
  isFirst: boolean,
): void {
  const { own, isSection } = group;
  const config = own.value(...part.path);
  const keys = isFirst ? group.configKeys : new Map<string, string | boolean>();
  if (config === undefined && keys.size === 0) return;
  const quiet = () => undefined;
  const read = () => readConfig(part.name, config, isSection ? 'operator' : 'server', quiet);
  const table = read();
  const gone: string[] = [];
  for (const key of refused) {
    if (getKey(table, key) === undefined) continue;
    removeKey(table, key, typeof config === 'string');
    gone.push(key);
    reportKey(group, part, config, key, 'TiDB Operator v2 sets it itself, and refuses it here');
  }
  if (isFirst && group.source.inV2.hasLabels) gone.push(...convertLabels(group, part, config, table));
  const before = canonical(table);
  for (const [key, value] of keys) setDefault(table, key, value, quiet);
  const after = canonical(table);
  const text =
    typeof config === 'string' && after === before ? withoutKeys(config, gone, table, part) : undefined;
  if (text !== undefined && gone.length === 0) group.set([to], own.take(...part.path));
  else if ((text ?? after) !== '') group.set([to], new Commented(text ?? after, own.comments(...part.path)));
}

/** Labels of servers, which have a field of their own. */
function convertLabels(
  group: Group,
  part: ConfigPart,
  config: Value | undefined,
  table: ConfigTable,
): string[] {
  const labels = table.get(LABELS);
  if (!(labels instanceof Map)) return [];
  table.delete(LABELS);
  for (const [key, value] of labels) {
    if (OWN_LABELS.includes(key)) {
      reportKey(
        group,
        part,
        config,
        `${LABELS}.${key}`,
        'TiDB Operator v2 sets this label itself, from the node',
      );
    } else group.set(['server', LABELS, key], String(value));
  }
  return [LABELS];
}

function reportKey(
  group: Group,
  part: ConfigPart,
  config: Value | undefined,
  key: string,
  why: string,
): void {
  const predicate = `is left out, because ${why}`;
  const path = key.split('.');
  const said = placed([...group.own.path, ...part.path], config, {
    code: 'convert-lost',
    path,
    predicate,
    isOfKey: true,
  });
  group.report.configKey(group.own, said);
}

/** A text keeps the heading of a table that becomes empty. */
function removeKey(table: ConfigTable, path: string, keepsEmpty: boolean): void {
  const keys = path.split('.');
  const last = keys.pop() ?? path;
  const above = keys.length === 0 ? table : getKey(table, keys.join('.'));
  if (!(above instanceof Map)) return;
  above.delete(last);
  if (above.size === 0 && keys.length > 0 && !keepsEmpty) removeKey(table, keys.join('.'), keepsEmpty);
}

/** The text without the lines of some keys; undefined where it does not say then what the table does. */
function withoutKeys(
  config: string,
  gone: readonly string[],
  table: ConfigTable,
  part: ConfigPart,
): string | undefined {
  if (gone.length === 0) return config;
  const lines = config.split('\n');
  const going = new Set(gone.map((key) => spotOf(config, key.split('.'))?.line));
  const text = lines.filter((_, index) => !going.has(index + 1)).join('\n');
  const same = canonical(readConfig(part.name, text, 'server', () => undefined)) === canonical(table);
  return same && text.trim() !== '' ? text : undefined;
}
