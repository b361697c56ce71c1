import { MOST_RECORDS } from '../scan-layout';
import { clear, count } from './record';
import { begin, column, finish, rest } from './resource';
import { byteAt, end, endAt, GIVE_UP, HASH, isBreak, isMarker, nextLine, skipSpaces } from './token';

const PERCENT: i32 = 37;

/** Where the next document begins, or GIVE_UP. */
let start: i32 = 0;

/** Begins with the documents between two addresses. */
export function beginStream(from: i32, behind: i32): void {
  endAt(behind);
  start = from;
}

/**
 * Finds the next documents that hold something, and puts as many of them down as there is room for. Returns how many;
 * 0 where there are no more, GIVE_UP where one of them is no resource in plain block style.
 */
export function nextDocuments(): i32 {
  clear();
  while (start !== GIVE_UP && start < end && count < MOST_RECORDS) start = document();
  return start === GIVE_UP ? GIVE_UP : count;
}

function document(): i32 {
  // A directive may come first, elsewhere such a character begins nothing.
  if (byteAt(start) === PERCENT) return GIVE_UP;
  begin(start, -1, -1);
  const next = rest(start);
  if (next === GIVE_UP) return GIVE_UP;
  if (column >= 0 && !finish(min(next, end))) return GIVE_UP;
  return next < end ? behindMarker(next) : end;
}

/** The line behind a `---` or `...`, which only a comment may follow. */
function behindMarker(line: i32): i32 {
  if (!isMarker(line)) return GIVE_UP;
  const at = skipSpaces(line + 3);
  return isBreak(at) || byteAt(at) === HASH ? nextLine(at) : GIVE_UP;
}
