import { Float } from '../../yaml/index.ts';
import { ConfigDate, integerOf } from '../table.ts';
import type { Cursor } from './cursor.ts';

const NUMBER = /[+-]?[0-9][0-9_]*(?:[.eE][0-9_.eE+-]*)?/y;
const DATE = /[0-9]+-[0-9T:.Z+-]*/y;

/** An integer, a float or a point in time, which begins here with a sign or a digit. */
export function readNumber(cursor: Cursor): number | bigint | Float | ConfigDate {
  const { at } = cursor;
  const plain = cursor.takeAll('0123456789');
  // Nearly all numbers; the patterns are compiled when they are first used.
  if (plain !== '' && (cursor.char === '' || !MORE.includes(cursor.char)))
    return integer(plain, plain, cursor);
  cursor.at = at;
  const date = cursor.take(DATE);
  if (date !== '')
    return toDate(date) ?? cursor.fail(`has a time, "${date}", that TOML 0.4 does not know`, at);
  const text = cursor.take(NUMBER);
  if (text === '' || !hasDigitsAround(text))
    return cursor.fail('has a number that TOML 0.4 does not know', at);
  const digits = text.replaceAll('_', '');
  if (/[.eE]/.test(digits)) {
    return toFloat(digits) ?? cursor.fail(`has a number, "${text}", that TOML 0.4 does not know`, at);
  }
  return integer(digits.replace(/^\+/, ''), text, cursor);
}

/** What may stand behind the first digits of a number. */
const MORE = '-_.eE';

/** `text` is what the integer is written as, and what was read last. */
function integer(digits: string, text: string, cursor: Cursor): number | bigint {
  const value = BigInt(digits);
  if (BigInt.asIntN(64, value) !== value)
    cursor.fail(`has an integer, "${text}", of more than 64 bits`, cursor.at - text.length);
  return integerOf(value);
}

/** Underscores stand between other characters of the number's parts, and digits behind a point. */
function hasDigitsAround(text: string): boolean {
  const parts = text.split(/[.eE]/);
  return parts.every((part) => !/^_|__|_$/.test(part)) && !/\.(?![0-9])/.test(text);
}

/** Like Go, with no more than one point and one exponent; what is beyond 64 bits is none. */
function toFloat(digits: string): Float | undefined {
  const value = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(digits) ? Number(digits) : Number.NaN;
  return Number.isFinite(value) ? new Float(value) : undefined;
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(Z|[+-]\d\d:\d\d)$/;

/** Of times, those with whole seconds and an offset are the same to everybody. */
function toDate(text: string): ConfigDate | undefined {
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', zone = ''] =
    TIME.exec(text) ?? [];
  const local = `${year}-${month}-${day}T${hour.padStart(2, '0')}:${minute}:${second}`;
  const time = new Date(`${local}${zone}`);
  const isReal = new Date(`${local}Z`).toJSON()?.startsWith(local) ?? false;
  if (!isReal || Number.isNaN(time.getTime())) return undefined;
  return new ConfigDate(time.toISOString().replace(/\.\d+Z$/, 'Z'));
}
