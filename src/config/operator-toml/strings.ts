import type { Cursor } from './cursor.ts';

/** A string in quotes of any kind, which begins here. */
export function readString(cursor: Cursor): string {
  if (cursor.takes('"""')) return unescaped(withoutBreaks(upTo('"""', cursor)), cursor);
  if (cursor.takes("'''")) return upTo("'''", cursor).replace(/^\n/, '');
  const plain = cursor.take(/"[^"\\\r\n]*"|'[^'\r\n]*'/y);
  if (plain !== '') return plain.slice(1, -1);
  const quote = cursor.char;
  cursor.at++;
  const text = onOneLine(quote, cursor);
  return quote === '"' ? unescaped(text, cursor) : text;
}

/** What stands before the closing quotes, which end at the first that can be them. */
function upTo(quotes: string, cursor: Cursor): string {
  const start = cursor.at;
  while (!cursor.startsWith(quotes)) {
    if (cursor.char === '') cursor.fail('has a string that does not end', start);
    cursor.at += quotes === '"""' && cursor.char === '\\' ? escapeAt(cursor, true) : 1;
  }
  const text = cursor.text.slice(start, cursor.at);
  cursor.at += quotes.length;
  return text;
}

function onOneLine(quote: string, cursor: Cursor): string {
  const start = cursor.at;
  while (cursor.char !== quote) {
    if (cursor.char === '' || cursor.isAtLineEnd) cursor.fail('has a string that does not end', start);
    cursor.at += quote === '"' && cursor.char === '\\' ? escapeAt(cursor, false) : 1;
  }
  const text = cursor.text.slice(start, cursor.at);
  cursor.at++;
  return text;
}

const ESCAPE = /\\(?:[btnfr"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y;

/** The length of the escape here. */
function escapeAt(cursor: Cursor, takesBreaks: boolean): number {
  const { at, text } = cursor;
  const found = cursor.take(ESCAPE);
  cursor.at = at;
  if (found !== '') return found.length;
  if (takesBreaks && /[\r\n]/.test(text.charAt(at + 1))) return 2;
  return cursor.fail(`has an escape in a string, "${text.slice(at, at + 2)}", that TOML 0.4 does not know`);
}

/** What Go takes for white space. */
const BREAK = /\\\n(?:(?!\ufeff)\s|\u0085)*/g;

/**
 * A string of several lines without the line break after its quotes, and without the breaks that a backslash takes away.
 * The operator's parser looks for these before it looks for escapes, and does not see that a backslash may be one.
 */
function withoutBreaks(text: string): string {
  return text.replace(BREAK, '').replace(/^\n/, '');
}

const MEANINGS: { readonly [letter: string]: string } = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  '\\': '\\',
};

const ANY_ESCAPE = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|.)?/gs;

function unescaped(text: string, cursor: Cursor): string {
  if (!text.includes('\\')) return text;
  return text.replace(ANY_ESCAPE, (written: string, short?: string, long?: string) => {
    const hex = short ?? long;
    const meaning = hex === undefined ? MEANINGS[written.charAt(1)] : character(Number.parseInt(hex, 16));
    return meaning ?? cursor.fail(`has an escape in a string, "${written}", that means nothing`);
  });
}

/** Undefined if there is no such character. */
function character(code: number): string | undefined {
  const isNone = code > 0x10ffff || (code >= 0xd800 && code < 0xe000);
  return isNone ? undefined : String.fromCodePoint(code);
}
