import type { Config } from '../../api/index.ts';
import {
  type ConfigTable,
  type ConfigValue,
  FLAGS,
  type Flag,
  getKey,
  type Reader,
} from '../../config/index.ts';
import { show } from '../structure/show.ts';
import type { At } from './at.ts';
import { readQuietly } from './config.ts';
import { addOfKey } from './config-key.ts';
import type { Component, ServerSpec } from './server-spec.ts';

/** The ports that a Service and a probe ask TiDB at, by the keys that could make it listen elsewhere. */
const PORTS = { port: 4000, 'status.status-port': 10080 } as const;

/**
 * What a config says against the pod that its server runs in: keys that the start script sets by flags, and ports that
 * nobody asks at. Most configs have none of the words, and need not be read to know it.
 */
export function checkConfigAgainstPod(
  component: 'pd' | 'tidb' | 'tikv',
  config: Config | undefined,
  reader: Reader,
  spec: ServerSpec,
  at: At,
): void {
  const flags = { ...FLAGS[component], ...flagsOf(component, spec) };
  const words = Object.keys(component === 'tidb' ? { ...flags, ...PORTS, 'status.report-status': 0 } : flags);
  if (!config || !words.some((key) => mentions(config, key))) return;
  const table = readQuietly(component, config, reader);
  if (table === undefined) return;
  for (const [key, flag] of Object.entries(flags)) checkFlag(key, flag, table, config, at);
  if (component === 'tidb') checkPorts(table, spec, config, at);
}

function mentions(config: Config, key: string): boolean {
  const steps = key.split('.');
  if (typeof config === 'string') return config.includes(steps.at(-1) ?? key);
  return Object.hasOwn(config, steps[0] ?? key);
}

/** Flags that a server is started with for some of its settings. */
function flagsOf(
  component: Component,
  { dataSubDir, env, plugins, separateSlowLog, binlogEnabled }: ServerSpec,
): { [key: string]: Flag } {
  if (component === 'tikv') {
    return {
      ...(dataSubDir && { 'storage.data-dir': { flag: '--data-dir' } }),
      ...(env?.some(({ name, value }) => name === 'STORE_LABELS' && value) && {
        'server.labels': { flag: '--labels' },
      }),
    };
  }
  if (component === 'pd' && dataSubDir) return { 'data-dir': { flag: '--data-dir' } };
  if (component !== 'tidb') return {};
  return {
    ...(separateSlowLog !== false && { 'log.slow-query-file': { flag: '--log-slow-query' } }),
    ...(plugins?.length && {
      'plugin.dir': { flag: '--plugin-dir' },
      'plugin.load': { flag: '--plugin-load' },
    }),
    ...(binlogEnabled && { 'binlog.enable': { flag: '--enable-binlog', values: ['true'] } }),
  };
}

function checkFlag(
  key: string,
  { flag, values = [] }: Flag,
  table: ConfigTable,
  config: Config,
  at: At,
): void {
  const written = getKey(table, key);
  if (written === undefined || values.includes(String(written))) return;
  const [value, ...more] = values;
  const set = value === undefined || more.length > 0 ? '' : ` to ${show(value)}`;
  const message = `has no effect, because the server is started with \`${flag}\`, which sets it${set}; remove the key`;
  addOfKey('config-overwritten', key.split('.'), message, config, at);
}

function checkPorts(table: ConfigTable, { readinessProbe }: ServerSpec, config: Config, at: At): void {
  for (const [key, port] of Object.entries(PORTS)) {
    const written = getKey(table, key);
    if (written === undefined || isNumber(written, port)) continue;
    const message = `must be ${port}, because the Service and the pod's probe ask there, and is ${show(String(written))}; remove the key, and write the Service's port in \`service.port\``;
    addOfKey('config-port', key.split('.'), message, config, at, 'value');
  }
  if (readinessProbe?.type !== 'command' || getKey(table, 'status.report-status') !== false) return;
  const message =
    'must not be false, because the readiness probe (`type: command`) asks the status page; remove one of them';
  addOfKey('config-port', ['status', 'report-status'], message, config, at, 'value');
}

function isNumber(value: ConfigValue, wanted: number): boolean {
  return Number(value) === wanted;
}
