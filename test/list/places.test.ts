import { describe, expect, test } from 'vitest';
import { openStream } from '../../src/list/index.ts';
import { type Part, type Path, type Place, Problems } from '../../src/problem/index.ts';

const TEXT = `apiVersion: v1
kind: A
metadata:
  name: ü😀a # é
  "ключ": {a: 1, b: "hé", c: d}
---
# é
apiVersion: v1
kind: B
list:
- a: x
  b: |
    text é
    two
- {q: "ü z"}
- c: é
  d: y é z
`;

/** Which part of which document, and what stands there: line, column, and the text up to its end. */
const PLACES: readonly [index: number, path: Path, part: Part, line: number, column: number, text: string][] =
  [
    [0, ['apiVersion'], 'key', 1, 1, 'apiVersion'],
    [0, ['apiVersion'], 'value', 1, 13, 'v1'],
    [0, ['metadata', 'name'], 'value', 4, 9, 'ü😀a'],
    [0, ['metadata', 'ключ'], 'key', 5, 3, '"ключ"'],
    [0, ['metadata', 'ключ'], 'value', 5, 11, '{a: 1, b: "hé", c: d}'],
    [0, ['metadata', 'ключ', 'b'], 'value', 5, 21, '"hé"'],
    [0, ['metadata', 'ключ', 'c'], 'key', 5, 27, 'c'],
    [0, ['metadata', 'ключ', 'c'], 'value', 5, 30, 'd'],
    [0, ['metadata', 'missing'], 'value', 3, 1, 'metadata'],
    [1, ['list'], 'key', 10, 1, 'list'],
    [1, ['list', 0, 'a'], 'value', 11, 6, 'x'],
    [1, ['list', 0, 'b'], 'value', 12, 6, '|\n    text é\n    two'],
    [1, ['list', 1, 'q'], 'value', 15, 7, '"ü z"'],
    [1, ['list', 2], 'value', 16, 3, 'c: é\n  d: y é z'],
    [1, ['list', 2, 'd'], 'value', 17, 6, 'y é z'],
    [1, ['list', 2, 'missing', 'deeper'], 'value', 16, 3, 'c: é\n  d: y é z'],
  ];

const everything = { reads: () => true, names: () => true, markers: [] };

describe.each([
  { how: 'as it stands, read the quick way', text: TEXT },
  { how: 'with an anchor, read the careful way', text: `${TEXT}---\napiVersion: v1\nkind: &a C\n` },
  { how: 'with Windows line ends', text: TEXT.replaceAll('\n', '\r\n') },
  { how: 'with a byte order mark', text: `\ufeff${TEXT}` },
  { how: 'with both', text: `\ufeff${TEXT.replaceAll('\n', '\r\n')}` },
])('a place in a file $how', async ({ text }) => {
  const items = await openStream('a.yaml', Buffer.from(text), everything, new Problems());
  const lines = text.replace('\ufeff', '').split(/\r?\n/);

  test.each(PLACES)('of document %i, %j (%s)', (index, path, part, line, column, shown) => {
    const place = items[index]?.locate(path, part) ?? {};
    expect(place).toMatchObject({ file: 'a.yaml', line, column });
    expect(between(lines, place)).toBe(shown);
  });
});

function between(lines: readonly string[], place: Place): string {
  const { line = 0, column = 0, endLine = 0, endColumn = 0 } = place;
  const chosen = lines.slice(line - 1, endLine);
  const last = chosen.length - 1;
  return chosen
    .map((text, index) =>
      text.slice(index === 0 ? column - 1 : 0, index === last ? endColumn - 1 : undefined),
    )
    .join('\n');
}

test('many places in a large file are found in bounded time', async () => {
  const text = Array.from(
    { length: 20_000 },
    (_, i) => `apiVersion: v1\nkind: A\nmetadata: {name: a${i}}\n`,
  ).join('---\n');
  const items = await openStream('a.yaml', Buffer.from(text), everything, new Problems());
  const lines = items.map((item) => item.locate(['metadata', 'name'], 'value').line);
  expect(lines).toEqual(items.map((_, index) => index * 4 + 3));
});
