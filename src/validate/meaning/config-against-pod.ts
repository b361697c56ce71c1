import type { AnySpec, Flag } from '../../components/index.ts';
import { type ConfigTable, type ConfigValue, getKey, maySet } from '../../config/index.ts';
import { Float, isMap } from '../../yaml/index.ts';
import { show } from '../structure/show.ts';
import { readQuietly } from './config.ts';
import { addOfKey, quoteOfKey, type WrittenConfig } from './config-key.ts';

/**
 * Conflicts of a config with its pod: keys that the start script sets by flags, and ports that nothing uses; and what the
 * operator refuses. Most configs have none of the words, so they need not be parsed.
 */
export function checkConfigAgainstPod(written: WrittenConfig, spec: AnySpec): void {
  const { component, part, config, reader } = written;
  if (component.configFacts === undefined) return;
  const { ports = {}, listens = {}, ranges = {}, texts = {}, statusKey } = component.configFacts;
  const flags = component.configFacts.flags(spec);
  const keys = [
    ...[flags, ports, listens, ranges, texts].flatMap(Object.keys),
    ...(statusKey ? [statusKey] : []),
  ];
  if (!keys.some((key) => maySet(config, key))) return;
  const table = readQuietly(part, config, reader);
  if (table === undefined) return;
  for (const [key, flag] of Object.entries(flags)) checkFlag(key, flag, table, written);
  for (const [key, port] of Object.entries(ports)) {
    if (!Object.hasOwn(flags, key)) checkPort(key, port, table, written);
  }
  for (const [key, port] of Object.entries(listens)) {
    if (!Object.hasOwn(flags, key)) checkListens(key, port, table, written);
  }
  for (const [key, range] of Object.entries(ranges)) checkRange(key, range, table, written);
  // What TiDB Operator takes in a map it hands on, and its own servers say what is wrong with it.
  const isOperators = reader === 'operator' && isMap(config);
  if (!isOperators) for (const [key, text] of Object.entries(texts)) checkText(key, text, table, written);
  if (statusKey !== undefined) checkStatusPage(statusKey, table, spec, written);
}

function checkFlag(
  key: string,
  { flag, values = [] }: Flag,
  table: ConfigTable,
  config: WrittenConfig,
): void {
  const written = getKey(table, key);
  if (written === undefined || values.includes(String(written))) return;
  const [value, ...more] = values;
  const set = value === undefined || more.length > 0 ? '' : ` to ${show(value)}`;
  const message = `has no effect, because the start script sets it with \`${flag}\`${set}; remove the key`;
  addOfKey('config-overwritten', key.split('.'), message, config);
}

/** What a key says that is not the port; an empty address is as if it were not there. */
function otherThan(port: number, key: string, table: ConfigTable): ConfigValue | undefined {
  const written = getKey(table, key);
  return written === undefined || written === '' || portIn(written) === port ? undefined : written;
}

function checkListens(key: string, port: number, table: ConfigTable, config: WrittenConfig): void {
  const written = otherThan(port, key, table);
  if (written === undefined) return;
  const message = `is ${quoteOfKey(written, key.split('.'), config)}, but the Service leads to port ${port}, where nothing would answer; remove the key, unless whoever connects uses the other port`;
  addOfKey('config-port-unserved', key.split('.'), message, config, 'value');
}

function checkPort(key: string, port: number, table: ConfigTable, config: WrittenConfig): void {
  const written = otherThan(port, key, table);
  if (written === undefined) return;
  const [rule, advice] = isAddress(written)
    ? [`must end with ":${port}", because the Service leads to that port`, 'remove the key']
    : [
        `must be ${port}, because the Service and the pod's probe use it`,
        "remove the key, and write the Service's port in `service.port`",
      ];
  const message = `${rule}, but is ${quoteOfKey(written, key.split('.'), config)}; ${advice}`;
  addOfKey('config-port', key.split('.'), message, config, 'value');
}

function checkRange(
  key: string,
  [least, most]: readonly [number, number],
  table: ConfigTable,
  config: WrittenConfig,
): void {
  const written = getKey(table, key);
  if (written === undefined) return;
  const number = written instanceof Float ? written.value : Number(written);
  if (number >= least && number <= most) return;
  const message = `must be between ${least} and ${most}, and is ${quoteOfKey(written, key.split('.'), config)}; TiDB Operator refuses it`;
  addOfKey('config-value', key.split('.'), message, config, 'value');
}

function checkText(
  key: string,
  { matches, must }: { readonly matches: RegExp; readonly must: string },
  table: ConfigTable,
  config: WrittenConfig,
): void {
  const written = getKey(table, key);
  if (written === undefined) return;
  const { title } = config.component;
  const isText = typeof written === 'string';
  if (isText && matches.test(written)) return;
  const shown = quoteOfKey(written, key.split('.'), config);
  const message = isText
    ? `must be ${must}, but is ${shown}; ${title} does not start with it`
    : `must be a string, but is ${shown}; put it in quotes`;
  addOfKey('config-value', key.split('.'), message, config, 'value');
}

function checkStatusPage(
  key: string,
  table: ConfigTable,
  { readinessProbe }: AnySpec,
  config: WrittenConfig,
): void {
  if (readinessProbe?.type !== 'command' || getKey(table, key) !== false) return;
  const message =
    'must not be false, because the readiness probe (`type: command`) needs the status page; remove one of them';
  addOfKey('config-port', key.split('.'), message, config, 'value');
}

function isAddress(value: ConfigValue): value is string {
  return typeof value === 'string' && value.includes(':');
}

function portIn(value: ConfigValue): number {
  return Number(isAddress(value) ? value.slice(value.lastIndexOf(':') + 1) : value);
}
