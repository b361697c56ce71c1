import { kindOf } from '../check.ts';
import type { ConfigTable, ConfigValue } from '../table.ts';
import type { Cursor } from './cursor.ts';
import { readNumber } from './numbers.ts';
import { readString } from './strings.ts';

/** Deeper than any config goes, shallow enough for the stack. */
const MAX_DEPTH = 500;

/** A value, behind blanks; in so many others. */
export function readValue(cursor: Cursor, depth = 0): ConfigValue {
  if (depth > MAX_DEPTH) cursor.fail('has lists and tables that are too deep');
  cursor.skipBlanks();
  const { char } = cursor;
  if (char === '"' || char === "'") return readString(cursor);
  if (char === '[') return readArray(cursor, depth);
  if (char === '{') return readInlineTable(cursor, depth);
  const isNumber = /[0-9+-]/.test(char);
  if (isNumber) return readNumber(cursor);
  const { at } = cursor;
  const word = takeWord(cursor);
  if (word === 'true' || word === 'false') return word === 'true';
  return cursor.fail(`has a value${word && `, "${word}",`} that TOML 0.4 does not know`, at);
}

/** V8 takes long to compile a pattern with all the letters there are. */
function takeWord(cursor: Cursor): string {
  const { at } = cursor;
  const word = cursor.take(/[A-Za-z]+/y);
  if (cursor.char < '\x80') return word;
  cursor.at = at;
  return cursor.take(/\p{L}+/uy);
}

function readArray(cursor: Cursor, depth: number): ConfigValue[] {
  const items: ConfigValue[] = [];
  const start = cursor.at;
  cursor.at++;
  for (;;) {
    cursor.skipLines();
    if (cursor.takes(']')) return items;
    items.push(readValue(cursor, depth + 1));
    const [first, last] = [items[0], items.at(-1)];
    if (first !== undefined && last !== undefined && kindOf(first) !== kindOf(last)) {
      cursor.fail('has a list with items of more than one type', start);
    }
    cursor.skipLines();
    if (cursor.takes(',')) continue;
    if (cursor.takes(']')) return items;
    cursor.fail('has a list without a comma or a bracket after an item');
  }
}

/** Of a key that is written twice the last one counts, here and nowhere else. */
function readInlineTable(cursor: Cursor, depth: number): ConfigTable {
  const table: ConfigTable = new Map();
  cursor.at++;
  for (;;) {
    cursor.skipBlanks();
    if (cursor.takes('}')) return table;
    const key = readKey(cursor);
    table.set(key, readValue(cursor, depth + 1));
    cursor.skipBlanks();
    if (cursor.takes(',')) continue;
    if (cursor.takes('}')) return table;
    cursor.fail(
      'has an inline table that does not end on its line: a comma or a brace is missing after a value',
    );
  }
}

const BARE = /[A-Za-z0-9_-]+/y;

/** A key and what sets it apart from its value. */
export function readKey(cursor: Cursor): string {
  const key = readName(cursor);
  cursor.skipBlanks();
  if (cursor.takes('=')) return key;
  return cursor.fail(cursor.char === '.' ? 'has a dotted key' : `has no "=" after the key "${key}"`);
}

/** A key, or a part of a heading. */
export function readName(cursor: Cursor): string {
  if (cursor.char === '"' || cursor.char === "'") return readString(cursor);
  const name = cursor.take(BARE);
  return name === '' ? cursor.fail('has a key with a character that must be in quotes') : name;
}
