import type { Message } from '../problem/index.ts';
import { show } from '../text/index.ts';
import { Float } from '../yaml/index.ts';
import type { ConfigPath, ReportConfig } from './report.ts';
import { ConfigDate, type ConfigTable, type ConfigValue } from './table.ts';

/**
 * Reports the values for which TOML 0.4, which is all that the operator reads, has no spelling: a TidbCluster that
 * holds one stops the operator from reading any.
 */
export function checkTable(table: ConfigTable, report: ReportConfig): void {
  checkValue(table, [], problemOf, report);
}

/** Reports the values that the operator writes back in a form that nothing reads. */
export function checkWritable(table: ConfigTable, report: ReportConfig): void {
  checkValue(table, [], unwritable, report);
}

/** What is wrong with a value, or with one of its keys. */
interface Fault {
  readonly predicate: Message;
  readonly key?: string;
}

function checkValue(
  value: ConfigValue,
  path: ConfigPath,
  check: (value: ConfigValue) => Fault | undefined,
  report: ReportConfig,
): void {
  const fault = check(value);
  if (fault?.key !== undefined) {
    report({ code: 'config-value', path: [...path, fault.key], predicate: fault.predicate, isOfKey: true });
  } else if (fault !== undefined) report({ code: 'config-value', path, predicate: fault.predicate });
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkValue(item, [...path, index], check, report);
  } else if (value instanceof Map) {
    for (const [key, item] of value) checkValue(item, [...path, key], check, report);
  }
}

function problemOf(value: ConfigValue): Fault | undefined {
  if (value instanceof Map && value.has('')) {
    return { predicate: 'must not be an empty key; name it or remove it', key: '' };
  }
  const predicate = unreadable(value);
  return predicate === undefined ? undefined : { predicate };
}

function unreadable(value: ConfigValue): Message | undefined {
  if (value instanceof Float && !Number.isFinite(value.value)) {
    return (written = String(value)) =>
      `must be a finite number, because the operator cannot read ${show(written)}; write a number or remove the key`;
  }
  if (typeof value === 'bigint' && BigInt.asIntN(64, value) !== value) {
    return (written = String(value)) =>
      `must be an integer of 64 bits, not ${show(written)}; write a smaller one, or a string if the component takes one`;
  }
  if (!Array.isArray(value)) return undefined;
  const kinds = [...new Set(value.map(kindOf))];
  if (kinds.length > 1) {
    return `must have items of one type only, not ${kinds.join(' and ')}; write them all as one type (an integer as a float: 1.0)`;
  }
  if (kinds[0] === 'array' && holdsTable(value.flat())) {
    return 'must not be a list of lists of tables, because the operator cannot write it; use one list of tables';
  }
  return undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what TOML wants escaped, and the operator does not.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: of keys it escapes nothing but quotes.
const IN_KEYS = /[\u0000-\u001f\u007f\\]/;

function unwritable(value: ConfigValue): Fault | undefined {
  if (typeof value === 'string' && CONTROL.test(value)) {
    const predicate = `must not contain the character ${nameOf(CONTROL.exec(value)?.[0])}, which the operator writes in a form that no server reads; remove it`;
    return { predicate };
  }
  const key = value instanceof Map ? [...value.keys()].find((name) => IN_KEYS.test(name)) : undefined;
  if (key === undefined) return undefined;
  const predicate = `is a key with the character ${nameOf(IN_KEYS.exec(key)?.[0])}, which the operator writes in a form that nothing reads; rename or remove it`;
  return { predicate, key };
}

function nameOf(character = ''): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function holdsTable(values: ConfigValue[]): boolean {
  return values.some((item) => (Array.isArray(item) ? holdsTable(item) : item instanceof Map));
}

/** The TOML type of a value. */
export function kindOf(value: ConfigValue): string {
  if (typeof value === 'number' || typeof value === 'bigint') return 'integer';
  if (value instanceof Float) return 'float';
  if (value instanceof ConfigDate) return 'date';
  if (Array.isArray(value)) return 'array';
  return value instanceof Map ? 'table' : typeof value;
}
