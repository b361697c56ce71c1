import { content } from './line';
import { emit } from './record';
import {
  byteAt,
  COLON,
  end,
  GIVE_UP,
  HASH,
  isBreak,
  isMarker,
  LESS,
  NEWLINE,
  nextLine,
  QUOTED,
  SPACE,
  skipSpaces,
  startOf,
  TAB,
} from './token';

/** What is known of `metadata`: it is not there, its entries are lines of their own, or it is written in another way. */
const MISSING: i32 = 0;
const LINES: i32 = 1;
const OTHERWISE: i32 = 2;

/** Of the resource that is scanned: the start of its first line, and the address of its dash, or -1. */
let start: i32 = 0;
let dash: i32 = -1;
/** Column of its keys; -1 until the first of them is found. */
export let column: i32 = -1;
/** Addresses of the values of `apiVersion` and `kind`, and of `name` and `namespace` under `metadata`; -1 for none. */
let apiVersion: i32 = -1;
let kind: i32 = -1;
let name: i32 = -1;
let namespace: i32 = -1;
let metadata: i32 = MISSING;

export function begin(itsStart: i32, itsDash: i32, itsColumn: i32): void {
  start = itsStart;
  dash = itsDash;
  column = itsColumn;
  apiVersion = -1;
  kind = -1;
  name = -1;
  namespace = -1;
  metadata = MISSING;
}

/** Puts the resource down, which ends where the next line starts; false where it does not say what it is. */
export function finish(at: i32): bool {
  if (kind < 0 || apiVersion < 0) return false;
  emit(start, dash, column, at, apiVersion, kind, metadata === LINES, name, namespace);
  return true;
}

/**
 * Scans the rest of a resource from the start of a line up to the first line whose column is less than that of its
 * keys, or that ends a document. Returns where that line starts, or GIVE_UP.
 */
export function rest(from: i32): i32 {
  let line = from;
  while (line < end) {
    const at = skipSpaces(line);
    const byte = byteAt(at);
    if (byte === NEWLINE || at >= end) line = at + 1;
    else if (byte === HASH) line = nextLine(at);
    else if (byte === TAB) return GIVE_UP;
    else if (at === line && isMarker(line)) return line;
    else {
      const its = at - line;
      if (column < 0 && its > dash - start) column = its;
      if (its < column || column < 0) return line;
      line = its === column ? topKey(at, line) : content(at, line);
      if (line === GIVE_UP) return GIVE_UP;
    }
  }
  return end;
}

/** A line that holds one of the resource's own keys; anything else in that column is odd. */
export function topKey(at: i32, line: i32): i32 {
  const byte = byteAt(at);
  if (byte === 97 && isApiVersion(at)) return apiVersionLine(at, line);
  if (byte === 107 && isKind(at)) return kindLine(at, line);
  if (byte === 109 && isMetadata(at)) return metadataLine(at, line);
  // A quoted or merged key may be one of the three: let the careful way look.
  if (startOf(byte) === QUOTED || byte === LESS) return GIVE_UP;
  return content(at, line);
}

// Keys are compared with as many of their letters at once as a number holds, the last letter first in it.

const API_VERSI: u64 = 0x6973726556697061;
const ON: u16 = 0x6e6f;
const KIND: u32 = 0x646e696b;
const METADATA: u64 = 0x617461646174656d;
const NAME: u32 = 0x656d616e;
const SPAC: u32 = 0x63617073;
const E: u8 = 0x65;

function isApiVersion(at: i32): bool {
  return load<u64>(at) === API_VERSI && load<u16>(at, 8) === ON && isKeyEnd(at + 10);
}

function isKind(at: i32): bool {
  return load<u32>(at) === KIND && isKeyEnd(at + 4);
}

function isMetadata(at: i32): bool {
  return load<u64>(at) === METADATA && isKeyEnd(at + 8);
}

function isName(at: i32): bool {
  return load<u32>(at) === NAME && isKeyEnd(at + 4);
}

function isNamespace(at: i32): bool {
  return load<u32>(at) === NAME && load<u32>(at, 4) === SPAC && load<u8>(at, 8) === E && isKeyEnd(at + 9);
}

function isKeyEnd(at: i32): bool {
  return byteAt(at) === COLON || byteAt(at) === SPACE;
}

function apiVersionLine(at: i32, line: i32): i32 {
  const value = identity(at + 10);
  if (value === GIVE_UP || apiVersion >= 0) return GIVE_UP;
  apiVersion = value;
  return wholeLine(at, line);
}

function kindLine(at: i32, line: i32): i32 {
  const value = identity(at + 4);
  if (value === GIVE_UP || kind >= 0) return GIVE_UP;
  kind = value;
  return wholeLine(at, line);
}

function metadataLine(at: i32, line: i32): i32 {
  const colon = at + 8;
  if (metadata !== MISSING || byteAt(colon) !== COLON) return GIVE_UP;
  const value = skipSpaces(colon + 1);
  const isBelow = isBreak(value) || (byteAt(value) === HASH && value > colon + 1);
  metadata = isBelow ? LINES : OTHERWISE;
  return isBelow ? metadataLines(nextLine(value)) : content(at, line);
}

/** The lines under `metadata:`, up to the first that is not deeper than that key. */
function metadataLines(from: i32): i32 {
  let line = from;
  let itsColumn = -1;
  while (line < end) {
    const at = skipSpaces(line);
    const byte = byteAt(at);
    if (byte === NEWLINE || at >= end) line = at + 1;
    else if (byte === HASH) line = nextLine(at);
    else if (byte === TAB) return GIVE_UP;
    else {
      if (at - line <= column) return line;
      if (itsColumn < 0) itsColumn = at - line;
      if (at - line < itsColumn) metadata = OTHERWISE;
      line = at - line === itsColumn ? metadataKey(at, line) : content(at, line);
      if (line === GIVE_UP) return GIVE_UP;
    }
  }
  return end;
}

function metadataKey(at: i32, line: i32): i32 {
  const byte = byteAt(at);
  // Such a key may be one of the two.
  if (startOf(byte) === QUOTED || byte === LESS) metadata = OTHERWISE;
  const next = content(at, line);
  if (byte !== 110 || next === GIVE_UP) return next;
  const itIsNamespace = isNamespace(at);
  if (!itIsNamespace && !isName(at)) return next;
  const value = identity(at + (itIsNamespace ? 9 : 4));
  // Written twice: the careful way tells which one counts.
  if ((itIsNamespace ? namespace : name) >= 0) return GIVE_UP;
  if (value === GIVE_UP || goesOn(next, at - line)) metadata = OTHERWISE;
  else if (itIsNamespace) namespace = value;
  else name = value;
  return next;
}

/** The value behind a colon, on the same line. */
function identity(colon: i32): i32 {
  const value = skipSpaces(colon + 1);
  return byteAt(colon) !== COLON || value === colon + 1 || isBreak(value) ? GIVE_UP : value;
}

/** Steps over a line that must not go on with the next one. */
function wholeLine(at: i32, line: i32): i32 {
  const next = content(at, line);
  return next !== GIVE_UP && goesOn(next, column) ? GIVE_UP : next;
}

/** Whether a value that stood behind a key in that column goes on with the lines from here. */
function goesOn(line: i32, itsColumn: i32): bool {
  let from = line;
  while (from < end) {
    const first = skipSpaces(from);
    if (!isBreak(first)) return byteAt(first) !== HASH && first - from > itsColumn;
    from = first + 1;
  }
  return false;
}
