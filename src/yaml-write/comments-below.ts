/** A line below an entry: blank, or a comment. */
interface Line {
  readonly text: string;
  /** Where the next one begins. */
  readonly end: number;
  /** Column of the comment; -1 where the line is blank. */
  readonly column: number;
}

/** The end of the line that holds an offset, its break included. */
export function lineEnd(text: string, offset: number): number {
  const eol = text.indexOf('\n', offset);
  return eol < 0 ? text.length : eol + 1;
}

/**
 * The end of a map's last entry, whose value ends at an offset: the comments below that are indented more than the
 * map's keys are part of it.
 */
export function endOfEntry(text: string, offset: number, column: number): number {
  let end = lineEnd(text, offset);
  for (const line of linesBelow(text, offset).lines) {
    if (line.column > column) end = line.end;
    else if (line.column >= 0) break;
  }
  return end;
}

/**
 * The end of a list whose last item ends at an offset. Comments that are indented more than its dashes are part of the
 * item. An item that is commented out is one of the list, with all of its lines and the comments above it, unless these
 * may be about a key that follows in the same column. Any other comment may be about what follows, or about the end of
 * the list, and stays behind what is added.
 */
export function endOfList(text: string, offset: number, column: number, ofMaps: boolean): number {
  const { lines, next } = linesBelow(text, offset);
  let end = lineEnd(text, offset);
  /** Column of the dash of the commented-out item that the line before belongs to. */
  let dash: number | undefined;
  for (const line of lines) {
    if (line.column < 0) continue;
    const own = isBeside(line, column) ? dashOf(line, ofMaps) : undefined;
    if (own !== undefined && own >= column && own <= column + 2) dash = own;
    else if (dash === undefined || contentOf(line) <= dash) dash = undefined;
    if (dash !== undefined || line.column > column) end = line.end;
    else if (line.column < column || next === column) break;
  }
  return end;
}

/** Blank lines and comments below the line that holds an offset, and the column of what comes then. */
function linesBelow(text: string, offset: number): { lines: Line[]; next: number } {
  const lines: Line[] = [];
  let start = lineEnd(text, offset);
  while (start < text.length) {
    const end = lineEnd(text, start);
    const line = text.slice(start, end).trimEnd();
    const column = line.search(/\S/);
    if (column >= 0 && line[column] !== '#') return { lines, next: column };
    lines.push({ text: line, end, column });
    start = end;
  }
  return { lines, next: -1 };
}

/** Editors put the mark of a comment where the text begins, or at the beginning of the line. */
function isBeside(line: Line, column: number): boolean {
  return line.column === column || line.column === 0;
}

const ITEM = /^\s*#\s*-(?=\s|$)/;
const ITEM_WITH_KEY = /^\s*#\s*-(?=\s+(?:"[^"]*"|'[^']*'|[\w./-]+)\s*:(?:\s|$))/;

/** Column of the dash of an item that is commented out; of maps, one that begins with a key: no mere enumeration. */
function dashOf({ text }: Line, ofMaps: boolean): number | undefined {
  const [match] = (ofMaps ? ITEM_WITH_KEY : ITEM).exec(text) ?? [];
  return match === undefined ? undefined : match.length - 1;
}

/** Column of the first character behind the mark of a comment. */
function contentOf({ text, column }: Line): number {
  return column + 1 + text.slice(column + 1).search(/\S|$/);
}
