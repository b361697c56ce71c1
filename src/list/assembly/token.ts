const TAB: i32 = 9;
const NEWLINE: i32 = 10;
const SPACE: i32 = 32;
const QUOTE: i32 = 34;
const HASH: i32 = 35;
const APOSTROPHE: i32 = 39;
const COMMA: i32 = 44;
const DASH: i32 = 45;
const DOT: i32 = 46;
const COLON: i32 = 58;
const LESS: i32 = 60;
const QUESTION: i32 = 63;
const BACKSLASH: i32 = 92;

export { COLON, DASH, HASH, LESS, NEWLINE, QUOTE, SPACE, TAB };

/** Returned instead of an address where the text is not plain block style. */
export const GIVE_UP: i32 = -1;

/** Stands for a column where a token must end on the line that it begins on. */
export const ONE_LINE: i32 = -1;

/** What the first character of a token says about it. */
export const PLAIN: i32 = 0;
export const QUOTED: i32 = 1;
export const FLOW: i32 = 2;
export const BLOCK: i32 = 3;
const CLOSER: i32 = 4;
const ODD: i32 = 5;

const STARTS: usize = memory.data(256);
tell('"\'', QUOTED);
tell('[{', FLOW);
tell('|>', BLOCK);
tell(']}', CLOSER);
tell('&*!%@`,\t', ODD);

function tell(characters: string, start: i32): void {
  for (let i = 0; i < characters.length; i++) store<u8>(STARTS + characters.charCodeAt(i), <u8>start);
}

export function startOf(byte: i32): i32 {
  return <i32>load<u8>(STARTS + byte);
}

/** Where the text ends. There is a line break, and a few bytes behind it may be read. */
export let end: i32 = 0;

export function endAt(address: i32): void {
  end = address;
}

export function byteAt(address: i32): i32 {
  return <i32>load<u8>(address);
}

const ONES: u64 = 0x0101010101010101;
const HIGHS: u64 = 0x8080808080808080;

/** The high bit of the first of eight bytes that is zero, and maybe of later ones. */
function zeros(word: u64): u64 {
  return (word - ONES) & ~word & HIGHS;
}

function firstOf(marks: u64): i32 {
  return <i32>(ctz(marks) >> 3);
}

/** Address behind the line break that ends the line of `at`. */
export function nextLine(at: i32): i32 {
  let i = at;
  if (i >= end) return i + 1;
  let found = zeros(load<u64>(i) ^ (ONES * NEWLINE));
  while (found === 0) {
    i += 8;
    found = zeros(load<u64>(i) ^ (ONES * NEWLINE));
  }
  return i + firstOf(found) + 1;
}

/** Address of the next character that may end a plain text, or tell that it is not plain: a line break, `:`, `#`, a tab. */
export function nextStop(at: i32): i32 {
  let i = at;
  let found = stops(load<u64>(i));
  while (found === 0) {
    i += 8;
    found = stops(load<u64>(i));
  }
  return i + firstOf(found);
}

function stops(word: u64): u64 {
  return (
    zeros(word ^ (ONES * NEWLINE)) |
    zeros(word ^ (ONES * COLON)) |
    zeros(word ^ (ONES * HASH)) |
    zeros(word ^ (ONES * TAB))
  );
}

export function skipSpaces(at: i32): i32 {
  let i = at;
  while (byteAt(i) === SPACE) i++;
  return i;
}

export function isBreak(at: i32): bool {
  return at >= end || byteAt(at) === NEWLINE;
}

export function isGap(at: i32): bool {
  return isBreak(at) || byteAt(at) === SPACE;
}

export function isDash(at: i32): bool {
  return byteAt(at) === DASH && isGap(at + 1);
}

/** Whether `-`, `?` or `:` stands by itself, where it begins no plain text. */
export function isIndicator(at: i32): bool {
  const byte = byteAt(at);
  return (byte === DASH || byte === QUESTION || byte === COLON) && isGap(at + 1);
}

/** Whether a line begins with the marker `---` or `...`, which ends a document wherever it stands. */
export function isMarker(line: i32): bool {
  const byte = byteAt(line);
  if (byte !== DASH && byte !== DOT) return false;
  return byteAt(line + 1) === byte && byteAt(line + 2) === byte && isGap(line + 3);
}

/**
 * The first character of a line on which a token goes on. YAML wants it deeper than the column of the key that
 * holds the token; a bracket that closes may stand right below it, as go-yaml has it.
 */
function continuation(line: i32, column: i32): i32 {
  if (column === ONE_LINE || line >= end || isMarker(line)) return GIVE_UP;
  const at = skipSpaces(line);
  if (isBreak(at) || at - line > column) return at;
  return at - line === column && startOf(byteAt(at)) === CLOSER ? at : GIVE_UP;
}

/** Address behind the closing quote. */
export function quotedEnd(at: i32, column: i32): i32 {
  const quote = byteAt(at);
  let i = at + 1;
  while (i < end) {
    const byte = byteAt(i);
    if (byte === NEWLINE) {
      if (continuation(i + 1, column) === GIVE_UP) return GIVE_UP;
    } else if (byte === BACKSLASH && quote === QUOTE) {
      if (byteAt(i + 1) !== NEWLINE) i++;
    } else if (byte === quote) {
      if (quote !== APOSTROPHE || byteAt(i + 1) !== APOSTROPHE) return i + 1;
      i++;
    }
    i++;
  }
  return GIVE_UP;
}

/** Address behind the bracket that closes a flow collection. */
export function flowEnd(at: i32, column: i32): i32 {
  let depth = 0;
  /** Whether a token may begin here: only there do quotes and indicators mean anything. */
  let fresh = true;
  /** Whether a token ended here that needs no space before a colon. */
  let closed = false;
  let i = at;
  while (i < end) {
    const byte = byteAt(i);
    if (byte === SPACE) i++;
    else if (byte === NEWLINE) {
      i = continuation(i + 1, column);
      if (i === GIVE_UP) return GIVE_UP;
    } else if (byte === HASH && isGap(i - 1)) {
      i = nextLine(i) - 1;
    } else if (fresh && startOf(byte) === QUOTED) {
      i = quotedEnd(i, column);
      if (i === GIVE_UP) return GIVE_UP;
      fresh = false;
      closed = true;
    } else {
      if (byte === TAB || (fresh && isOddInFlow(i))) return GIVE_UP;
      if (startOf(byte) === FLOW) depth++;
      else if (startOf(byte) === CLOSER && --depth === 0) return i + 1;
      fresh = startOf(byte) === FLOW || byte === COMMA || (byte === COLON && (closed || isGap(i + 1)));
      closed = startOf(byte) === CLOSER;
      i++;
    }
  }
  return GIVE_UP;
}

function isOddInFlow(at: i32): bool {
  const byte = byteAt(at);
  if (byte === QUESTION || byte === DASH) return isGap(at + 1);
  return byte === HASH || (startOf(byte) === ODD && byte !== COMMA);
}
