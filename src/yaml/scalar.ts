import { Float, type Value } from './value.ts';

/**
 * What an unquoted scalar means to Kubernetes. kubectl, the API server and Argo CD read YAML 1.1 as go-yaml v2
 * does, and then as JSON: `0644` is octal, `yes` and `on` are booleans, dates are plain strings, and an integer
 * keeps its digits up to 64 bits.
 */
export function resolvePlain(text: string): Value {
  const first = text.charCodeAt(0);
  if (Number.isNaN(first) || text === '~') return null;
  if (isNumberStart(first)) return resolveNumber(text);
  if (text.length > 5) return text;
  const word = WORDS.get(text);
  return word === undefined ? text : word;
}

/** An unquoted key: all keys are strings to Kubernetes, so numbers and booleans become their text. */
export function plainKey(text: string): string {
  const value = resolvePlain(text);
  if (typeof value === 'string' || value === null) return text;
  if (value instanceof Float) return Number.isFinite(value.value) ? String(value.value) : text;
  return String(value);
}

const WORDS = new Map<string, null | boolean>();
for (const [value, words] of [
  [null, 'null Null NULL'],
  [true, 'y Y yes Yes YES true True TRUE on On ON'],
  [false, 'n N no No NO false False FALSE off Off OFF'],
] as const) {
  for (const word of words.split(' ')) WORDS.set(word, value);
}

function isNumberStart(code: number): boolean {
  // + - . 0-9
  return code === 43 || code === 45 || isDigitOrPoint(code);
}

const DECIMAL = /^[-+]?(?:0|[1-9]\d*)$/;
const PREFIXED = /^([-+]?)0(?:[xX]([0-9a-fA-F]+)|[oO]?([0-7]+)|[bB]([01]+))$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const INFINITE = /^([-+]?)\.(?:inf|Inf|INF)$/;

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
const UINT64_MAX = 2n ** 64n - 1n;

function resolveNumber(text: string): Value {
  const digits = text.includes('_') ? withoutUnderscores(text) : text;
  if (DECIMAL.test(digits)) return integer(digits, digits) ?? text;
  // Each pattern is compiled when it is first used, so most text gets to none of them.
  const hasSign = !isDigitOrPoint(digits.charCodeAt(0));
  const prefixed = digits.charCodeAt(hasSign ? 1 : 0) === ZERO ? PREFIXED.exec(digits) : null;
  if (prefixed) {
    const [, sign = '', hex, octal, binary] = prefixed;
    const literal = hex ? `0x${hex}` : octal ? `0o${octal}` : `0b${binary}`;
    return integer(literal, digits, sign) ?? text;
  }
  if (isDigitOrPoint(digits.charCodeAt(digits.length - 1))) return float(digits) ?? text;
  const infinite = text.endsWith('f') || text.endsWith('F') ? INFINITE.exec(text) : null;
  if (infinite) return new Float(infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  return text.startsWith('.') && /^\.(?:nan|NaN|NAN)$/.test(text) ? new Float(Number.NaN) : text;
}

const ZERO = 48;

function isDigitOrPoint(code: number): boolean {
  return code === 46 || (code >= ZERO && code <= 57);
}

/** go-yaml drops underscores everywhere; behind a leading point Go itself wants them between digits. */
function withoutUnderscores(text: string): string {
  return text.startsWith('.') ? text.replaceAll(/(?<=\d)_(?=\d)/g, '') : text.replaceAll('_', '');
}

/** A float of 64 bits; what is beyond them is text. */
function float(digits: string): Float | undefined {
  const value = FLOAT.test(digits) ? Number(digits) : Number.NaN;
  return Number.isFinite(value) ? new Float(value, digits.includes('.')) : undefined;
}

/** Beyond 64 bits (63 behind a plus) go-yaml tries a float; so do we. */
function integer(literal: string, digits: string, sign = ''): number | bigint | Float | undefined {
  const small = Number(literal);
  if (Number.isSafeInteger(small)) return sign === '-' ? 0 - small : small === 0 ? 0 : small;
  if (Math.abs(small) < 2 ** 65) {
    const whole = BigInt(literal.startsWith('+') ? literal.slice(1) : literal) * (sign === '-' ? -1n : 1n);
    const most = digits.startsWith('+') ? INT64_MAX : UINT64_MAX;
    if (whole >= INT64_MIN && whole <= most) return whole;
  }
  return float(digits);
}
