import { MOST_KEYS, MOST_RECORDS } from '../scan-layout';
import { content } from './line';
import { clear, count } from './record';
import { begin, column, finish, rest, topKey } from './resource';
import {
  byteAt,
  COLON,
  DASH,
  end,
  endAt,
  GIVE_UP,
  HASH,
  isBreak,
  isDash,
  NEWLINE,
  nextLine,
  SPACE,
  skipSpaces,
} from './token';

/** Where the scan has come to: the start of a line, or GIVE_UP. */
let line: i32 = 0;
/** Whether it is among the items, and in which column their dashes stand; -1 before the first. */
let isWithin: bool = false;
let indent: i32 = -1;

/** The list's own keys, two addresses each: where the key's first line starts, and the line behind its last. */
const KEYS: usize = memory.data(8 * MOST_KEYS);
let keyCount: i32 = 0;

export function keys(): usize {
  return KEYS;
}

export function keysFound(): i32 {
  return keyCount;
}

/** Begins with the ResourceList between two addresses. Comments and one `---` may come first. */
export function beginList(start: i32, behind: i32): void {
  endAt(behind);
  isWithin = false;
  keyCount = 0;
  line = start;
  while (line < end && isIgnorable(line)) line = nextLine(line);
  const hasDashes = byteAt(line) === DASH && byteAt(line + 1) === DASH && byteAt(line + 2) === DASH;
  if (hasDashes && isBreak(line + 3)) line = nextLine(line);
}

/**
 * Finds the next items of a list in block style, and puts as many of them down as there is room for. Returns how many;
 * 0 where there are no more, GIVE_UP where the text is anything else, so that the careful way takes it.
 */
export function nextItems(): i32 {
  clear();
  while (line !== GIVE_UP && line < end && count < MOST_RECORDS) {
    if (isWithin) line = itemLine();
    else if (isIgnorable(line)) line = nextLine(line);
    else line = topLevel();
  }
  if (line === GIVE_UP) return GIVE_UP;
  if (isWithin && line >= end) endKey(line);
  return count;
}

function isIgnorable(at: i32): bool {
  const first = skipSpaces(at);
  return isBreak(first) || byteAt(first) === HASH;
}

function topLevel(): i32 {
  const colon = plainKey();
  if (colon === GIVE_UP || keyCount === MOST_KEYS) return GIVE_UP;
  store<i32>(KEYS + keyCount * 8, line);
  if (isItems(line, colon)) return itemsLine(colon + 1);
  const next = otherLines();
  if (next !== GIVE_UP) endKey(next);
  return next;
}

function endKey(at: i32): void {
  store<i32>(KEYS + keyCount * 8, at, 4);
  keyCount++;
  isWithin = false;
}

const ITEM: u32 = 0x6d657469;
const S: u8 = 0x73;

function isItems(at: i32, colon: i32): bool {
  return colon - at === 5 && load<u32>(at) === ITEM && load<u8>(at, 4) === S;
}

/** Address of the colon behind a key of letters in the first column. */
function plainKey(): i32 {
  let at = line;
  let byte = byteAt(at);
  while ((byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90)) byte = byteAt(++at);
  return at > line && byte === COLON && (byteAt(at + 1) === SPACE || isBreak(at + 1)) ? at : GIVE_UP;
}

/** The lines of any other key: up to the next key in the first column. */
function otherLines(): i32 {
  let next = content(line, line);
  while (next !== GIVE_UP && next < end) {
    const at = skipSpaces(next);
    if (isBreak(at) || byteAt(at) === HASH) next = nextLine(at);
    else if (at === next && !isDash(at)) return next;
    else next = content(at, next);
  }
  return next;
}

function itemsLine(behind: i32): i32 {
  const at = skipSpaces(behind);
  if (!isBreak(at) && byteAt(at) !== HASH) return GIVE_UP;
  isWithin = true;
  indent = -1;
  return nextLine(at);
}

/** A line among the items. */
function itemLine(): i32 {
  if (isIgnorable(line)) return nextLine(line);
  const at = skipSpaces(line);
  const isFirst = indent < 0;
  if (isFirst) indent = at - line;
  if (isDash(at) && at - line === indent) return item(at);
  if (at > line || isFirst) return GIVE_UP;
  endKey(line);
  return line;
}

function item(dash: i32): i32 {
  const first = skipSpaces(dash + 1);
  const isBelow = byteAt(first) === HASH || byteAt(first) === NEWLINE;
  begin(line, dash, isBelow ? -1 : first - line);
  const second = column < 0 ? nextLine(first) : topKey(first, line);
  const next = second === GIVE_UP ? GIVE_UP : rest(second);
  return next !== GIVE_UP && finish(next) ? next : GIVE_UP;
}
