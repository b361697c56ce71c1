import { Float } from '../yaml/index.ts';
import type { Amount } from './scalars.ts';

type Format = 'decimal' | 'binary' | 'exponent';

const NANO = 1_000_000_000n;
const MILLI = 1_000_000n;
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const QUANTITY = /^([+-]?)(\d*)(?:\.(\d*))?(?:([numkMGTPE]|[KMGTPE]i)?|[eE]([+-]?\d{1,2}))$/;

/** Most amounts, which are as Kubernetes writes them. To know that of others takes integers of any size. */
const USUAL = /^[1-9]\d{0,2}(?:[mkMGTPE]|[KMGTPE]i)?$/;

/** The checks reject longer ones too: nobody needs them, and they take long to multiply. */
const LONGEST = 100;

interface Quantity {
  readonly nano: bigint;
  readonly format: Format;
  /** Kubernetes leaves these as they are written, although `1.234G` could be `1234M`. */
  readonly kept: boolean;
}

/**
 * A quantity as Kubernetes writes it (`0.5Gi` is `512Mi`, `2` is `"2"`), so that the render equals what a cluster
 * stores. Text that is not a quantity is returned as it is.
 */
export function canonicalQuantity(amount: Amount): string {
  const text = textOf(amount);
  if (USUAL.test(text)) return text;
  const quantity = parse(text);
  if (quantity === undefined || quantity.kept) return text;
  return quantity.format === 'binary' ? binary(quantity.nano) : decimal(quantity.nano, quantity.format);
}

/** An amount of a resource as the API server stores it, with thousandths as the smallest unit: `100u` is `1m`. */
export function storedAmount(amount: Amount): string {
  const text = textOf(amount);
  if (USUAL.test(text)) return text;
  const quantity = parse(text);
  if (quantity === undefined || quantity.nano % MILLI === 0n) return canonicalQuantity(amount);
  const whole = (quantity.nano / MILLI + (quantity.nano > 0n ? 1n : 0n)) * MILLI;
  return quantity.format === 'exponent' ? decimal(whole, 'exponent') : decimal(whole, 'decimal');
}

/** A quantity in whole units (bytes, for storage); undefined if it is not one or has a fraction of a unit. */
export function wholeUnits(amount: Amount): bigint | undefined {
  const quantity = parse(textOf(amount));
  return quantity === undefined || quantity.nano % NANO !== 0n ? undefined : quantity.nano / NANO;
}

/**
 * The sum of amounts, each multiplied by a count, as Kubernetes writes it: `1500m`, `48Gi`. Binary if one of them is;
 * text that is not an amount counts as 0.
 */
export function totalQuantity(parts: readonly (readonly [amount: Amount, times: number])[]): string {
  let nano = 0n;
  let isBinary = false;
  for (const [amount, times] of parts) {
    const quantity = parse(textOf(amount));
    nano += (quantity?.nano ?? 0n) * BigInt(times);
    isBinary ||= quantity?.format === 'binary';
  }
  return isBinary ? binary(nano) : decimal(nano, 'decimal');
}

/** A number without an exponent, because `1e3` as text has a format of its own. */
function textOf(amount: Amount): string {
  if (!(amount instanceof Float)) return String(amount).trim();
  const { value } = amount;
  return Number.isInteger(value) ? String(BigInt(value)) : String(value);
}

function parse(text: string): Quantity | undefined {
  const match = text.length > LONGEST ? null : QUANTITY.exec(text);
  if (match === null || !/\d/.test(text)) return undefined;
  const [, sign, written = '', fraction = '', suffix = '', exponent] = match;
  const integer = written.replace(/^0+/, '');
  const digits = integer + fraction;
  const negative = sign === '-';
  const unit = BINARY.indexOf(suffix);
  if (exponent === undefined && unit > 0) {
    const nano = roundUp(BigInt(digits || '0') * NANO * 1024n ** BigInt(unit), fraction.length);
    return { nano: negative ? -nano : nano, format: 'binary', kept: false };
  }
  const power = exponent === undefined ? (DECIMAL.indexOf(suffix) - 3) * 3 : Number(exponent);
  const shift = power + 9 - fraction.length;
  const scaled = BigInt(digits || '0') * 10n ** BigInt(Math.max(shift, 0));
  const nano = roundUp(scaled, Math.max(-shift, 0));
  const kept = (power - fraction.length) % 3 === 0 && shift >= 0 && integer !== '' && !digits.endsWith('000');
  return { nano: negative ? -nano : nano, format: exponent === undefined ? 'decimal' : 'exponent', kept };
}

/** Divides by a power of ten; what is less than a billionth counts as one. */
function roundUp(value: bigint, places: number): bigint {
  const divisor = 10n ** BigInt(places);
  return (value + divisor - 1n) / divisor;
}

function decimal(nano: bigint, format: Format): string {
  let value = nano;
  let step = 0;
  while (value !== 0n && value % 1000n === 0n && step < DECIMAL.length - 1) {
    value /= 1000n;
    step += 1;
  }
  if (value === 0n) return '0';
  const power = (step - 3) * 3;
  return `${value}${format === 'decimal' ? DECIMAL[step] : power === 0 ? '' : `e${power}`}`;
}

function binary(nano: bigint): string {
  const small = nano > -1024n * NANO && nano < 1024n * NANO;
  if (small || nano % NANO !== 0n) return decimal(nano, 'decimal');
  let value = nano / NANO;
  let step = 0;
  while (value % 1024n === 0n && step < BINARY.length - 1) {
    value /= 1024n;
    step += 1;
  }
  return `${value}${BINARY[step]}`;
}

/** An amount as text that is the same for all equal amounts. Text that is not an amount is returned as it is. */
export function sizeOf(amount: Amount): string {
  const text = textOf(amount);
  const quantity = parse(text);
  return quantity === undefined ? text : String(quantity.nano);
}

/** Whether one amount is greater than another, to the billionth, as Kubernetes compares them. */
export function isMore(amount: Amount, than: Amount): boolean {
  const [more, less] = [parse(textOf(amount)), parse(textOf(than))];
  return more !== undefined && less !== undefined && more.nano > less.nano;
}
