import type { TiCDCSpec } from '../../api/index.ts';
import {
  type ConfigTable,
  type ConfigValue,
  canonical,
  getKey,
  type ReportConfig,
  readConfig,
  reportAt,
} from '../../config/index.ts';
import { CONFIG_FILE, type Files, type Member } from '../../expand/index.ts';
import { ARGUMENT_KEYS } from './config-facts.ts';

/** The values of the four keys. */
export interface Settings {
  readonly timezone: string;
  /** In seconds. */
  readonly gcTtl: string;
  readonly logLevel: string;
  readonly logFile: string;
}

export function hasConfigFile({ spec }: Member<TiCDCSpec>): boolean {
  return needsFile(tableOf(spec, () => undefined));
}

export function ticdcFiles({ at }: Member<TiCDCSpec>, written: TiCDCSpec): Files {
  const { config } = written;
  const reportTable = reportAt(at.to('spec', 'config'), config);
  const table = tableOf(written, reportTable);
  for (const key of ARGUMENT_KEYS) reportUnused(table, key, reportTable);
  return needsFile(table) ? { [CONFIG_FILE]: canonical(table) } : {};
}

export function settingsOf({ spec, cluster }: Member<TiCDCSpec>): Settings {
  const table = tableOf(spec, () => undefined);
  const text = (key: string, standard: string) => {
    const value = getKey(table, key);
    return isUsable(key, value) ? String(value) : standard;
  };
  return {
    timezone: text('tz', cluster.timezone || 'UTC'),
    gcTtl: text('gc-ttl', GC_TTL),
    logLevel: text('log-level', 'info'),
    logFile: text('log-file', ''),
  };
}

const GC_TTL = '86400';

function tableOf({ config }: TiCDCSpec, report: ReportConfig): ConfigTable {
  return readConfig('ticdc', config, 'server', report);
}

function needsFile(table: ConfigTable): boolean {
  return [...table.keys()].some((key) => !ARGUMENT_KEYS.includes(key));
}

/** To the operator a value of another type is as if it were not there. */
function isUsable(key: string, value: ConfigValue | undefined): boolean {
  return key === 'gc-ttl'
    ? typeof value === 'number' || typeof value === 'bigint'
    : typeof value === 'string';
}

function reportUnused(table: ConfigTable, key: string, report: ReportConfig): void {
  const value = getKey(table, key);
  if (value === undefined || isUsable(key, value)) return;
  const type = key === 'gc-ttl' ? 'a whole number' : 'a text';
  const predicate = `has no effect, because it must be ${type}, and TiDB Operator takes the default for anything else; write it as ${type}`;
  report({ code: 'config-overwritten', path: [key], predicate });
}
