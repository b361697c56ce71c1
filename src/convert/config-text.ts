import { spotOf } from '../config/index.ts';

/** The headings of tables and the keys in a text that the operator would write. */
const LINE = /^( *)(?:\[([\w.-]+)\]|([\w-]+) = .*)$/;

/**
 * The text of a config with the comments that its keys had in a map, each above its key. `commentsOf` gives them as lines,
 * by the path in the map.
 */
export function withComments(text: string, commentsOf: (path: readonly string[]) => string): string {
  let table: readonly string[] | undefined = [];
  let result = '';
  for (const line of text.split(/(?<=\n)/)) {
    const [matched, indent = '', heading, key = ''] = LINE.exec(line.trimEnd()) ?? [];
    // Of the items of a list nobody says which is which.
    if (line.trimStart().startsWith('[[')) table = undefined;
    else if (heading !== undefined) table = heading.split('.');
    if (matched !== undefined && table !== undefined) {
      const comments = commentsOf(heading === undefined ? [...table, key] : table);
      result += comments.replace(/^(?=.)/gm, indent);
    }
    result += line;
  }
  return result;
}

/** The text without the lines of some keys. Whoever asks sees to it that it says what it should then. */
export function withoutKeys(text: string, keys: readonly string[]): string {
  const going = new Set(keys.map((key) => spotOf(text, key.split('.'))?.line));
  return going.size === 0
    ? text
    : text
        .split('\n')
        .filter((_, index) => !going.has(index + 1))
        .join('\n');
}

/** The text with one more key of a table, below the heading of that. The same holds for it. */
export function withKey(text: string, key: string, value: string | number | boolean): string {
  const [, table = '', name = ''] = /^(.*)\.([^.]*)$/.exec(key) ?? [];
  const bare = /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
  const line = `${bare} = ${JSON.stringify(value)}`;
  const lines = text.split('\n');
  const heading = lines.findIndex((one) => one.trim() === `[${table}]`);
  if (heading >= 0) return lines.toSpliced(heading + 1, 0, line).join('\n');
  return `${text}${text.endsWith('\n') ? '' : '\n'}\n[${table}]\n${line}\n`;
}
