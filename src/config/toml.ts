import { parse, TomlDate, TomlError, type TomlTable, type TomlValue } from 'smol-toml';
import { Float } from '../yaml/index.ts';
import type { ReportConfig } from './report.ts';
import { ConfigDate, type ConfigTable, type ConfigValue, integerOf } from './table.ts';

/** Reads a config that is written as TOML text. Any TOML 1.0 will do, also what the operator's own parser refuses. */
export function readToml(text: string, report: ReportConfig): ConfigTable {
  let parsed: TomlTable;
  try {
    parsed = parse(text, { integersAsBigInt: true });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    report(syntaxProblem(text, error));
    return new Map();
  }
  return toTable(parsed, [], report);
}

function syntaxProblem(text: string, error: TomlError): Parameters<ReportConfig>[0] {
  const { line, column } = error;
  const reason = (error.message.split('\n')[0] ?? '').replace('Invalid TOML document: ', '');
  return {
    code: 'config-not-toml',
    path: [],
    predicate:
      `must be TOML: line ${line}, column ${column}, "${excerpt(text, line)}": ${reason}; ` +
      'write `key = value` lines under `[table]` headings, or the config as a YAML map',
    line,
    column,
  };
}

/** A line of a text, as a problem shows it; lines count from 1. */
export function excerpt(text: string, line: number): string {
  const source = (text.split(/\r?\n/)[line - 1] ?? '').trim();
  return source.length > 60 ? `${source.slice(0, 60)}…` : source;
}

type Step = string | number;

/** As deep as any YAML may be here; dotted keys nest without brackets, which the parser counts. */
const MAX_DEPTH = 500;

function toTable(source: TomlTable, path: readonly Step[], report: ReportConfig): ConfigTable {
  if (path.length > MAX_DEPTH) {
    const predicate = `must not be nested deeper than ${MAX_DEPTH} levels; write shorter keys`;
    report({ code: 'config-value', path: path.slice(0, 1), predicate, isOfWhole: true });
    return new Map();
  }
  return new Map(
    Object.entries(source).map(([key, value]) => [key, toConfig(value, [...path, key], report)]),
  );
}

function toConfig(value: TomlValue, path: readonly Step[], report: ReportConfig): ConfigValue {
  if (typeof value === 'bigint') return integerOf(value);
  if (typeof value === 'number') return new Float(value);
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item, index) => toConfig(item, [...path, index], report));
  if (value instanceof TomlDate) return toDate(value, path, report);
  return toTable(value, path, report);
}

/** The operator reads a local date in its own time zone and cuts fractions, so neither can be kept as written. */
function toDate(date: TomlDate, path: readonly Step[], report: ReportConfig): ConfigDate {
  if (date.isLocal() || date.getTime() % 1000 !== 0) {
    const predicate = `must be a time in whole seconds with an offset, such as "2024-01-02T03:04:05Z", not "${date.toISOString()}"`;
    report({ code: 'config-value', path, predicate });
  }
  return new ConfigDate(new Date(date).toISOString().replace(/\.\d+Z$/, 'Z'));
}
