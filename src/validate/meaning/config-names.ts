import type { ConfigValue } from '../../config/index.ts';
import { isMap, type Value } from '../../yaml/index.ts';
import { nearestIn } from '../structure/nearest.ts';
import { show } from '../structure/show.ts';
import { readQuietly } from './config.ts';
import { addOfKey, reportDots, type WrittenConfig } from './config-key.ts';

/** A misspelled name at the top of a config: the server ignores it, or does not start. */
export function checkConfigNames(written: WrittenConfig): void {
  const { component, part, config, reader } = written;
  const { names: known, labels } = component.configFacts ?? {};
  if (known === undefined) return;
  // The operator drops unknown names from a map, which another check reports.
  if (reader === 'operator' && isMap(config)) return;
  const isKnown = (name: string) => known.includes(name);
  if (typeof config === 'string' && seemRight(config, isKnown, labels !== undefined)) return;
  const table = isMap(config) ? config : readQuietly(part, config, reader);
  const names = namesIn(table);
  const nearestKnown = nearestIn(known);
  for (const name of names.filter((one) => !isKnown(one))) {
    const [first = '', ...rest] = name.split('.');
    if (rest.length > 0 && isKnown(first)) reportDots([name], first, rest, written);
    else report([name], nearestKnown(name), written);
  }
  if (labels === undefined) return;
  const inServer = namesIn(table instanceof Map ? table.get('server') : table?.server);
  if (inServer.includes('labels')) return;
  const nearestLabels = nearestIn(['labels']);
  for (const name of inServer) {
    if (nearestLabels(name) !== undefined) report(['server', name], 'labels', written);
  }
}

const SHORT = 4;

const TABLE = /^[ \t]*\[{1,2}[ \t]*"?([\w-]+)/gm;
const KEY = /^[ \t]*"?([\w-]+)"?[ \t]*[.=]/gm;
const LIKE_LABELS = /^[ \t]*(?:\[[ \t]*server[ \t]*\.[ \t]*)?"?(?!labels\b)l[\w-]{2,8}"?[ \t]*[\].=]/m;

/** Whether the lines of a text begin with names that are known, as in most, so that it need not be read as TOML. */
function seemRight(text: string, isKnown: (name: string) => boolean, hasLabels: boolean): boolean {
  if (hasLabels && LIKE_LABELS.test(text)) return false;
  const end = text.search(TABLE);
  const top = end < 0 ? text : text.slice(0, end);
  for (const [, name = ''] of top.matchAll(KEY)) if (!isKnown(name)) return false;
  for (const [, name = ''] of text.matchAll(TABLE)) if (!isKnown(name)) return false;
  return true;
}

function namesIn(table: ConfigValue | Value | undefined): string[] {
  if (table instanceof Map) return [...table.keys()];
  return isMap(table) ? Object.keys(table) : [];
}

function report(key: readonly string[], meant: string | undefined, config: WrittenConfig): void {
  // Short names are all near to each other.
  if (meant === undefined || meant.length < SHORT) return;
  const name = show([...key.slice(0, -1), meant].join('.'));
  addOfKey('config-key-unknown', key, `is not a name that the server knows; did you mean ${name}?`, config);
}
