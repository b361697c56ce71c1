import type { Message } from '../problem/index.ts';
import { shortened, show } from '../text/index.ts';
import { Float, isMap, type Value } from '../yaml/index.ts';
import type { KeyType } from './known-keys.ts';
import type { ConfigPath, ReportConfig } from './report.ts';

/** A key that the operator does not know in a map, and those that it knows there. */
export function reportDropped(path: ConfigPath, known: readonly string[], report: ReportConfig): void {
  const predicate = String(path.at(-1)).includes('.')
    ? 'has no effect: in a map it is one name with a dot in it, which TiDB Operator does not know; write a map for each table, one within the other'
    : 'has no effect: if a config is a map, TiDB Operator drops keys that are newer than it; remove it, or write the config as TOML text, where it takes effect and restarts the servers';
  report({ code: 'config-key-dropped', path, predicate, isOfKey: true, known });
}

/** A key that is another one to the operator, too, which counts. */
export function reportBothSpellings(path: ConfigPath, other: string, report: ReportConfig): void {
  const predicate = `has no effect: to TiDB Operator it is the same key as \`${other}\`, which it uses; remove one of them`;
  report({ code: 'config-key-dropped', path, predicate, isOfKey: true });
}

/** Numbers in a value, however deep, that no JSON can hold; whether there are any. */
export function reportInfinite(value: Value, path: ConfigPath, report: ReportConfig): boolean {
  if (value instanceof Float && !Number.isFinite(value.value)) {
    const predicate: Message = (written = String(value)) =>
      `must be a finite number, because Kubernetes takes no ${show(written)}; write a number or remove the key`;
    report({ code: 'config-value', path, predicate });
    return true;
  }
  const entries: [string | number, Value][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(isMap(value) ? value : {});
  return entries.map(([key, item]) => reportInfinite(item, [...path, key], report)).includes(true);
}

export function reportNull(path: ConfigPath, report: ReportConfig): undefined {
  const predicate = `must not be null, because TOML has no null; give it a value or remove it`;
  report({ code: 'config-value', path, predicate });
}

export function reportRange(type: KeyType, value: Value, path: ConfigPath, report: ReportConfig): undefined {
  const bits = type.endsWith('32') ? 32 : 64;
  const sign = type.startsWith('uint') ? ' that is not negative' : '';
  const predicate: Message = (written = String(value)) =>
    `must be an integer of ${bits} bits${sign}, but is ${show(written)}; write another one`;
  report({ code: 'config-type', path, predicate });
}

/** A value of the wrong type for its key: the operator, or the server, then reads nothing. */
export function reportType(
  type: KeyType | 'list',
  value: Value,
  path: ConfigPath,
  report: ReportConfig,
): undefined {
  const isScalar = !isMap(value) && !Array.isArray(value);
  const predicate: Message = (written = String(value)) => {
    const is = isScalar ? `${show(written)}, ${kindOf(value)}` : kindOf(value);
    return `must be ${wantedBy(type)}, but is ${is}; ${advice(type, value, shortened(written))}`;
  };
  report({ code: 'config-type', path, predicate });
}

function wantedBy(type: KeyType | 'list'): string {
  switch (type) {
    case 'string':
      return 'a string';
    case 'bool':
      return 'true or false';
    case 'float64':
      return 'a number';
    case 'table':
      return 'a map';
    case 'list':
      return 'a list';
    default:
      return 'an integer';
  }
}

/** The value as it was written is what a user changes. */
function advice(type: KeyType | 'list', value: Value, written: string): string {
  if (type === 'table') return 'write its keys below it';
  if (type === 'list')
    return isMap(value) ? 'begin each entry with a dash' : `write it as an entry: [${written}]`;
  if (type === 'string' && !isMap(value) && !Array.isArray(value)) {
    return typeof value === 'boolean'
      ? `put it in quotes: "${written}"`
      : `put it in quotes, with its unit if it has one: "${written}"`;
  }
  const text = typeof value === 'string' ? value.trim() : '';
  const fits = type === 'bool' ? /^(?:true|false)$/ : /^[+-]?\d{1,18}$/;
  if (fits.test(text)) return `write ${text} without quotes`;
  return value instanceof Float ? 'write a whole number' : 'write one, or remove the key';
}

function kindOf(value: Value): string {
  if (Array.isArray(value)) return 'a list';
  if (isMap(value)) return 'a map';
  if (typeof value === 'string') return 'a string';
  if (typeof value === 'boolean') return 'a boolean';
  return value instanceof Float ? 'a number' : 'an integer';
}
