import type { ConfigTable } from '../table.ts';
import { Cursor, NotRead } from './cursor.ts';
import { Tables } from './tables.ts';
import { readKey, readName, readValue } from './values.ts';

/** As deep as any config may be; what is deeper is left to who says so. */
const MAX_NAMES = 500;

/** Where the operator stops reading a text, and at what: `has a dotted key`. */
export interface Stop {
  readonly reason: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/**
 * Reads a config that is TOML text as TiDB Operator does, whose parser is of TOML 0.4 with ways of its own: it knows no
 * dotted keys, hexadecimal numbers or infinity, and takes some texts that nobody else does. What it does not take is
 * `undefined`, and reported. Times that it would change are among that.
 *
 * Of our own, because no library reads like it; the tests hold it to that very parser.
 */
export function readOperatorToml(text: string, report: (stop: Stop) => void): ConfigTable | undefined {
  const cursor = new Cursor(text);
  const tables = new Tables();
  try {
    // It takes this for the end of the text, or of what it is in.
    if (text.includes('\0')) cursor.fail('has a null character', text.indexOf('\0'));
    for (cursor.skipLines(); cursor.at < text.length; cursor.skipLines()) readStatement(cursor, tables);
    return tables.root;
  } catch (error) {
    if (!(error instanceof NotRead)) throw error;
    const lines = text.slice(0, error.offset).split('\n');
    report({ reason: error.reason, line: lines.length, column: (lines.at(-1) ?? '').length + 1 });
    return undefined;
  }
}

/** A heading or a key with its value, and nothing more on its line. */
function readStatement(cursor: Cursor, tables: Tables): void {
  if (cursor.char === '[') readHeading(cursor, tables);
  else readEntry(cursor, tables);
  cursor.skipBlanks();
  if (/[^#\r\n]/.test(cursor.char)) {
    cursor.fail('has more than one value on a line, or a value that TOML 0.4 does not know');
  }
}

function readEntry(cursor: Cursor, tables: Tables): void {
  const start = cursor.at;
  const key = readKey(cursor);
  if (!tables.set(key, readValue(cursor))) cursor.fail(`has the key "${key}" twice`, start);
}

function readHeading(cursor: Cursor, tables: Tables): void {
  const start = cursor.at;
  const isItem = cursor.takes('[[');
  if (!isItem) cursor.at++;
  const names: string[] = [];
  do {
    cursor.skipBlanks();
    names.push(readName(cursor));
    cursor.skipBlanks();
  } while (cursor.takes('.'));
  if (names.length > MAX_NAMES) cursor.fail(`has a heading of more than ${MAX_NAMES} names`, start);
  if (!cursor.takes(isItem ? ']]' : ']')) cursor.fail('has a heading that does not end');
  if (!(isItem ? tables.openItem(names) : tables.openTable(names))) {
    cursor.fail(`has a heading, "${names.join('.')}", for a table that exists already`, start);
  }
}
