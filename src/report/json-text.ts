import { Float } from '../yaml/index.ts';

/**
 * JSON on several lines. Integers keep all their digits, which JSON.stringify cannot do, and what was written as a
 * float stays one.
 */
export function jsonText(value: object): string {
  return `${textOf(value, '')}\n`;
}

function textOf(value: unknown, indent: string): string {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Float) return Number.isFinite(value.value) ? String(value) : 'null';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const items = Array.isArray(value)
    ? value.map((item) => textOf(item, inner))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => `${JSON.stringify(key)}: ${textOf(item, inner)}`);
  return items.length === 0
    ? open + close
    : `${open}\n${inner}${items.join(`,\n${inner}`)}\n${indent}${close}`;
}
