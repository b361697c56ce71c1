import { Float } from '../yaml/index.ts';
import { byBytes, ConfigDate, type ConfigTable, type ConfigValue } from './table.ts';

/**
 * The one text of a config: what TiDB Operator writes back for the same values. Keys are sorted, the values of a
 * table stand before its sub-tables, and each level is indented by two spaces. An empty table gives ''.
 */
export function canonical(table: ConfigTable): string {
  const lines: string[] = [];
  writeTable(lines, table, []);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function writeTable(lines: string[], table: ConfigTable, path: readonly string[]): void {
  const entries = sorted(table);
  const indent = '  '.repeat(path.length);
  for (const [key, value] of entries) {
    if (!isTables(value)) lines.push(`${indent}${keyText(key)} = ${valueText(value)}`);
  }
  for (const [key, value] of entries) {
    if (!isTables(value)) continue;
    const name = [...path, keyText(key)];
    if (value instanceof Map) {
      // The operator's encoder parts tables at the top, and arrays of tables at every depth.
      if (path.length === 0) blankLine(lines);
      lines.push(`${indent}[${name.join('.')}]`);
      writeTable(lines, value, name);
      continue;
    }
    for (const item of value) {
      blankLine(lines);
      lines.push(`${indent}[[${name.join('.')}]]`);
      writeTable(lines, item, name);
    }
  }
}

function sorted(table: ConfigTable): [string, ConfigValue][] {
  return [...table].sort(([one], [other]) => byBytes(one, other));
}

function blankLine(lines: string[]): void {
  if (lines.length > 0) lines.push('');
}

/** Whether a value gets a heading of its own: a table, or an array of nothing but tables. */
function isTables(value: ConfigValue): value is ConfigTable | ConfigTable[] {
  if (!Array.isArray(value)) return value instanceof Map;
  return value.length > 0 && value.every((item) => item instanceof Map);
}

function keyText(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : quoted(key);
}

function valueText(value: ConfigValue): string {
  if (typeof value === 'string') return quoted(value);
  if (value instanceof Float) return floatText(value.value);
  if (value instanceof ConfigDate) return value.text;
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (value instanceof Map) {
    return `{${sorted(value)
      .map(([key, item]) => `${keyText(key)} = ${valueText(item)}`)
      .join(', ')}}`;
  }
  return String(value);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/**
 * As the operator writes it, but for line breaks that only some readers of YAML see: they stay escapes, because kustomize
 * breaks a text apart at them when it writes it again.
 */
function quoted(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: TOML wants exactly these escaped.
  const escaped = text.replace(/["\\\u0000-\u001f\u007f\u0085\u2028\u2029\ufeff]/g, (char) => {
    return ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

/** The shortest digits that round-trip the number, never with an exponent, always with a point. */
function floatText(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text) ?? [];
  if (whole === '') return text;
  const shift = Number(exponent ?? 0);
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`;
  const digits = fraction.padEnd(shift, '0');
  return `${sign}${whole}${digits.slice(0, shift)}.${digits.slice(shift) || '0'}`;
}
