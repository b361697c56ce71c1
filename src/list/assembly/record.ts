import {
  ABSENT,
  API_VERSION,
  COLUMN,
  DASH_AT,
  END,
  KIND,
  NAME,
  NAMESPACE,
  PAGE,
  RECORD_NUMBERS,
  START,
  UNCLEAR,
} from '../scan-layout';
import { numberOf, PLAIN_TEXT, QUOTED_TEXT } from './known';
import { findScalar, from, isQuoted, to } from './scalar';

/** Bytes of a number. What is found goes into the second page of memory. */
const SIZE: usize = 4;
const RECORDS: usize = PAGE;
const RECORD_SIZE: usize = RECORD_NUMBERS * SIZE;

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
  store<i32>(record, start, START * SIZE);
  store<i32>(record, dash, DASH_AT * SIZE);
  store<i32>(record, column, COLUMN * SIZE);
  store<i32>(record, end, END * SIZE);
  put(record + API_VERSION * SIZE, apiVersion, true);
  put(record + KIND * SIZE, kind, true);
  put(record + NAME * SIZE, areNamesClear ? name : UNCLEAR, false);
  put(record + NAMESPACE * SIZE, areNamesClear ? namespace : UNCLEAR, true);
}

function put(field: usize, scalar: i32, recurs: bool): void {
  findScalar(scalar);
  store<i32>(field, from);
  if (from === ABSENT || from === UNCLEAR) return;
  store<i32>(field, to, 4);
  store<i32>(field, recurs ? numberOf(from, to, isQuoted) : isQuoted ? QUOTED_TEXT : PLAIN_TEXT, 8);
}
