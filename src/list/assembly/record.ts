import { numberOf, PLAIN_TEXT, QUOTED_TEXT } from './known';
import { ABSENT, findScalar, from, isQuoted, to, UNCLEAR } from './scalar';

/**
 * What is found goes into a page of memory, a record of 16 numbers each: start, dash, column and end of the resource,
 * and for `apiVersion`, `kind`, `name` and `namespace` the first address of the text, the one behind it, and its number.
 */
const RECORDS: usize = 65536;
const RECORD_SIZE: usize = 64;

export const MOST_RECORDS: i32 = 1024;

export function records(): usize {
  return RECORDS;
}

/** How many have been put down since the last `clear`. */
export let count: i32 = 0;

export function clear(): void {
  count = 0;
}

export function emit(
  start: i32,
  dash: i32,
  column: i32,
  end: i32,
  apiVersion: i32,
  kind: i32,
  areNamesClear: bool,
  name: i32,
  namespace: i32,
): void {
  const record = RECORDS + <usize>count * RECORD_SIZE;
  count++;
  store<i32>(record, start);
  store<i32>(record, dash, 4);
  store<i32>(record, column, 8);
  store<i32>(record, end, 12);
  put(record + 16, apiVersion, true);
  put(record + 28, kind, true);
  put(record + 40, areNamesClear ? name : UNCLEAR, false);
  put(record + 52, areNamesClear ? namespace : UNCLEAR, true);
}

function put(field: usize, scalar: i32, recurs: bool): void {
  findScalar(scalar);
  store<i32>(field, from);
  if (from === ABSENT || from === UNCLEAR) return;
  store<i32>(field, to, 4);
  store<i32>(field, recurs ? numberOf(from, to, isQuoted) : isQuoted ? QUOTED_TEXT : PLAIN_TEXT, 8);
}
