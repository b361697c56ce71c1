import type { InV2 } from '../components/index.ts';
import {
  type ConfigPart,
  type ConfigTable,
  canonical,
  getKey,
  readConfig,
  reportAt,
  setKey,
} from '../config/index.ts';
import type { Value } from '../yaml/index.ts';
import { commented } from '../yaml-write/draft.ts';
import { withComments, withKey, withoutKeys } from './config-text.ts';
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
  { to, refused }: InV2['configs'][number],
  isFirst: boolean,
): void {
  const { own, isSection } = group;
  const config = own.value(...part.path);
  const table = readConfig(part.name, config, isSection ? 'operator' : 'server', () => undefined);
  const keys = isFirst ? keysToSet(group, table) : new Map<string, string | number | boolean>();
  if (config === undefined && keys.size === 0) return;
  const gone: string[] = [];
  for (const key of refused) {
    if (getKey(table, key) === undefined) continue;
    removeKey(table, key, typeof config === 'string');
    gone.push(key);
    reportKey(group, part, key, 'TiDB Operator v2 sets it itself, and refuses it here');
  }
  if (isFirst && group.source.inV2.hasLabels) gone.push(...convertLabels(group, part, table));
  for (const [key, value] of keys) {
    if (getKey(table, key) !== undefined) gone.push(key);
    setKey(table, key, value);
  }
  const text = textOf(group, part, config, table, gone, keys);
  const comments = isFirst ? group.configComments.join('') : '';
  if (text === config) group.set([to], commented(own.take(...part.path) ?? text, comments));
  else if (text !== '') group.set([to], commented(text, `${own.comments(...part.path)}${comments}`));
}

function keysToSet({ configKeys, configDefaults }: Group, table: ConfigTable) {
  const lacking = [...configDefaults].filter(([key]) => getKey(table, key) === undefined);
  return new Map<string, string | number | boolean>([...configKeys, ...lacking]);
}

/** What a table says: in the user's own words as far as possible, with comments. */
function textOf(
  group: Group,
  part: ConfigPart,
  config: Value | undefined,
  table: ConfigTable,
  gone: readonly string[],
  keys: ReadonlyMap<string, string | number | boolean>,
): string {
  const written = canonical(table);
  let text: string;
  if (typeof config === 'string') {
    text = withoutKeys(config, gone);
    for (const [key, value] of keys) text = withKey(text, key, value);
  } else text = withComments(written, (path) => group.own.comments(...part.path, ...path));
  const isSame = canonical(readConfig(part.name, text, 'server', () => undefined)) === written;
  return isSame && text.trim() !== '' ? text : written;
}

/** Labels of servers, which have a field of their own. */
function convertLabels(group: Group, part: ConfigPart, table: ConfigTable): string[] {
  const labels = table.get(LABELS);
  if (!(labels instanceof Map)) return [];
  table.delete(LABELS);
  for (const [key, value] of labels) {
    if (OWN_LABELS.includes(key)) {
      reportKey(group, part, `${LABELS}.${key}`, 'TiDB Operator v2 sets this label itself, from the node');
    } else group.set(['server', LABELS, key], String(value));
  }
  return [LABELS];
}

function reportKey({ own, report }: Group, part: ConfigPart, key: string, why: string): void {
  const predicate = `is left out, because ${why}`;
  const path = key.split('.');
  const at = report.at(own, part.path);
  reportAt(at, own.value(...part.path))({ code: 'convert-lost', path, predicate, isOfKey: true });
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
