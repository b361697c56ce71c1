import { ABSENT, UNCLEAR } from '../scan-layout';
import {
  byteAt,
  COLON,
  HASH,
  isGap,
  isIndicator,
  NEWLINE,
  PLAIN,
  QUOTE,
  QUOTED,
  SPACE,
  startOf,
  TAB,
} from './token';

const BACKSLASH: i32 = 92;

/** The text of a scalar that stands on one line, without quotes; `from` may be ABSENT or UNCLEAR instead. */
export let from: i32 = ABSENT;
export let to: i32 = 0;
export let isQuoted: bool = false;

/** Finds the text of the scalar at an address. What follows a closing quote has been looked at before. */
export function findScalar(at: i32): void {
  from = at;
  if (at < 0) return;
  const start = startOf(byteAt(at));
  isQuoted = start === QUOTED;
  if (isQuoted) findQuoted(at);
  else if (start === PLAIN) findPlain(at);
  else from = UNCLEAR;
}

function findQuoted(at: i32): void {
  const quote = byteAt(at);
  from = at + 1;
  to = from;
  while (byteAt(to) !== quote) {
    if (byteAt(to) === NEWLINE || (quote === QUOTE && byteAt(to) === BACKSLASH)) {
      from = UNCLEAR;
      return;
    }
    to++;
  }
  if (byteAt(to + 1) === quote) from = UNCLEAR;
}

function findPlain(at: i32): void {
  to = at;
  let byte = byteAt(to);
  while (byte !== NEWLINE && !(byte === HASH && byteAt(to - 1) === SPACE)) {
    if (byte === TAB || (byte === COLON && isGap(to + 1))) {
      from = UNCLEAR;
      return;
    }
    byte = byteAt(++to);
  }
  while (to > at && byteAt(to - 1) === SPACE) to--;
  if (to === at || isIndicator(at)) from = UNCLEAR;
}
