import {
  BLOCK,
  byteAt,
  COLON,
  DASH,
  end,
  FLOW,
  flowEnd,
  GIVE_UP,
  HASH,
  isBreak,
  isDash,
  isGap,
  isIndicator,
  NEWLINE,
  nextLine,
  nextStop,
  ONE_LINE,
  PLAIN,
  QUOTED,
  quotedEnd,
  SPACE,
  skipSpaces,
  startOf,
  TAB,
} from './token';

/**
 * Steps over the content of one line, which begins at `at` in a line that begins at `line`, and over what it may
 * open: a block scalar, quotes or brackets that close further down. Returns the start of the next line, or GIVE_UP.
 * Just enough is looked at to know that the line is what it seems, and not part of a scalar or flow collection that
 * began above.
 *
 * The line may go on with a plain scalar of the line above. So only behind a colon, where no plain scalar can go
 * on, is a quote or bracket sure to be one and may span lines.
 */
export function content(at: i32, line: i32): i32 {
  let i = at;
  let dash = -1;
  while (isDash(i)) {
    dash = i - line;
    i = skipSpaces(i + 1);
    if (isBreak(i)) return i + 1;
    if (byteAt(i) === HASH) return nextLine(i);
  }
  const start = startOf(byteAt(i));
  if (start === PLAIN) return plainLine(i, line);
  if (start === QUOTED) return quotedLine(i, line);
  if (start === FLOW) return restOfLine(flowEnd(i, ONE_LINE));
  if (start === BLOCK && dash >= 0) return blockScalar(i, dash);
  return GIVE_UP;
}

function plainLine(at: i32, line: i32): i32 {
  if (isIndicator(at)) return GIVE_UP;
  let i = nextStop(at);
  while (i < end) {
    const byte = byteAt(i);
    if (byte === NEWLINE) return i + 1;
    if (byte === COLON && isGap(i + 1)) return value(i + 1, at - line);
    if (byte === HASH && byteAt(i - 1) === SPACE) return nextLine(i);
    if (byte === TAB) return GIVE_UP;
    i = nextStop(i + 1);
  }
  return end;
}

function quotedLine(at: i32, line: i32): i32 {
  const behind = quotedEnd(at, ONE_LINE);
  if (behind === GIVE_UP) return GIVE_UP;
  const isKey = byteAt(behind) === COLON && isGap(behind + 1);
  return isKey ? value(behind + 1, at - line) : restOfLine(behind);
}

/** Steps over the value behind a key that stands in column `column`. */
function value(at: i32, column: i32): i32 {
  const i = skipSpaces(at);
  if (isBreak(i)) return i + 1;
  const start = startOf(byteAt(i));
  if (start === PLAIN) return isIndicator(i) ? GIVE_UP : nextLine(i);
  if (start === QUOTED) return restOfLine(quotedEnd(i, column));
  if (start === FLOW) return restOfLine(flowEnd(i, column));
  if (start === BLOCK) return blockScalar(i, column);
  return GIVE_UP;
}

/** Only a comment may follow. */
function restOfLine(at: i32): i32 {
  if (at === GIVE_UP) return GIVE_UP;
  const i = skipSpaces(at);
  if (isBreak(i)) return i + 1;
  return byteAt(i) === HASH && i > at ? nextLine(i) : GIVE_UP;
}

/** Every line deeper than the column of what holds the block belongs to it, and so do blank ones. */
function blockScalar(at: i32, column: i32): i32 {
  let i = blockHeader(at);
  while (i !== GIVE_UP && i < end) {
    const line = i;
    i = skipSpaces(i);
    if (isBreak(i)) i++;
    else if (byteAt(i) === TAB && i - line <= column) return GIVE_UP;
    else if (i - line <= column) return line;
    else i = nextLine(i);
  }
  return i;
}

function blockHeader(at: i32): i32 {
  let i = at + 1;
  let byte = byteAt(i);
  // + - 1-9
  while (byte === 43 || byte === DASH || (byte >= 49 && byte <= 57)) byte = byteAt(++i);
  return i - at > 3 ? GIVE_UP : restOfLine(i);
}
