import { expect, test } from 'vitest';
import { openStream } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import type { Value } from '../../src/yaml/index.ts';
import type { Edit } from '../../src/yaml-write/index.ts';

const EVERYTHING = { reads: () => true, names: () => true, markers: [] };

async function edited(text: string, edit: Edit): Promise<string | undefined> {
  const [item] = await openStream('file.yaml', Buffer.from(text), EVERYTHING, new Problems());
  return item?.editedText([edit]);
}

/** Each text has a line `+`, which is where `- name: new` goes, or `new: 1` in a map: all others are there before. */
const LISTS: readonly (readonly [name: string, text: string])[] = [
  ['behind a comment that is indented as the item', 'list:\n- name: a\n  # of a\n+\nnext: 1\n'],
  ['behind one that is indented more than the dash', 'list:\n- name: a\n # of a\n+\nnext: 1\n'],
  ['behind one that is indented more than the item', 'list:\n- name: a\n      # of a\n+\nnext: 1\n'],
  ['behind several, with blank lines between them', 'list:\n- name: a\n  # one\n\n  # two\n+\n\nnext: 1\n'],
  ['before blank lines', 'list:\n- name: a\n+\n\n\nnext: 1\n'],
  ['before a comment on the key that follows', 'list:\n- name: a\n+\n# of next\nnext: 1\n'],
  ['before one behind a blank line', 'list:\n- name: a\n+\n\n# of next\nnext: 1\n'],
  ['between one on the item and one on the key', 'list:\n- name: a\n  # of a\n+\n# of next\nnext: 1\n'],
  ['behind an item that is commented out', 'list:\n- name: a\n# - name: b\n+\nnext: 1\n'],
  ['behind one without a space', 'list:\n- name: a\n#- name: b\n+\nnext: 1\n'],
  ['behind all lines of one', 'list:\n- name: a\n# - name: b\n#   namespace: c\n+\n# of next\nnext: 1\n'],
  ['behind several', 'list:\n- name: a\n# - name: b\n\n# - name: c\n#   d: 1\n+\nnext: 1\n'],
  [
    'before an enumeration in a comment on the key that follows',
    'list:\n- name: a\n+\n# Either\n# - name: b\n# - name: c\nnext: 1\n',
  ],
  ['before one of mere words', 'list:\n- name: a\n+\n# - either\n# - or\nnext: 1\n'],
  ['before a comment on the end of the list', 'spec:\n  list:\n    - name: a\n+\n    # no more\n  next: 1\n'],
  ['before the same at the end of the text', 'list:\n  - name: a\n+\n  # no more\n'],
  ['before the same with dashes below the key', 'list:\n- name: a\n+\n# no more\n'],
  [
    'behind a commented-out item of a deeper list, and what is said of it',
    'spec:\n  list:\n    - name: a\n    # one day:\n    # - name: b\n+\n    # no more\n  next: 1\n',
  ],
  [
    'behind one that is commented out at the beginning of the line',
    'spec:\n  list:\n    - name: a\n#    - name: b\n#      namespace: c\n+\n  next: 1\n',
  ],
  ['before one of another list', 'spec:\n  list:\n    - name: a\n+\n  # - name: b\n  other:\n  - name: c\n'],
  ['before a comment of the map around', 'spec:\n  list:\n    - name: a\n+\n  # of next\n  next: 1\n'],
  ['before one at the beginning of the line', 'spec:\n  list:\n    - name: a\n+\n# of next\n  next: 1\n'],
  [
    'behind comments in odd columns',
    'spec:\n   list:\n      -   name: a\n        # of a\n+\n     # of spec\n',
  ],
  ['behind a list in the item', 'list:\n- name: a\n  in:\n  - b\n  # - c\n+\nnext: 1\n'],
  ['behind a map in the item', 'list:\n- name: a\n  in:\n    b: 1\n    # c: 2\n+\n# of next\nnext: 1\n'],
  ['behind text of several lines', 'list:\n- name: a\n  in: |\n    b\n\n  # of a\n+\nnext: 1\n'],
  ['behind text with what looks like a comment', 'list:\n- name: a\n  in: |\n    b\n    # c\n+\nnext: 1\n'],
  ['behind an empty value', 'list:\n- name: a\n  in:\n  # nothing yet\n+\nnext: 1\n'],
  ['behind a comment on the item’s own line', 'list:\n- name: a # of a\n+\n# of next\nnext: 1\n'],
  ['before the next item of the list around', 'lists:\n- list:\n  - name: a\n    # of a\n+\n- list: []\n'],
];

const MAPS: readonly (readonly [name: string, text: string])[] = [
  ['behind a comment in the value of the last key', 'map:\n  a:\n    b: 1\n    # c: 1\n+\nnext: 1\n'],
  ['before one that may be about what follows', 'map:\n  a: 1\n+\n  # b: 1\nnext: 1\n'],
  ['between the two', 'map:\n  a:\n    b: 1\n    # c: 1\n+\n\n  # of map\nnext: 1\n'],
  [
    'behind one on a list with dashes below its key',
    'map:\n  a:\n  - b\n    # of b\n+\n  # of map\nnext: 1\n',
  ],
];

const [NEW_ITEM, NEW_ENTRY]: readonly [Value, { [key: string]: Value }] = [{ name: 'new' }, { new: 1 }];

/** The way to the first list, or to the map. */
function pathIn(text: string): (string | number)[] {
  if (text.startsWith('map')) return ['map'];
  return text.startsWith('lists')
    ? ['lists', 0, 'list']
    : text.startsWith('spec')
      ? ['spec', 'list']
      : ['list'];
}

const CASES = [...LISTS, ...MAPS].flatMap(([name, text]) => [
  { name, text },
  { name: `${name}, with Windows line ends`, text: text.replaceAll('\n', '\r\n') },
]);

test.each(CASES)('what is added goes $name', async ({ text }) => {
  const path = pathIn(text);
  const isMap = text.startsWith('map');
  const indent = /\r?\n( *)(?:-|a:)/.exec(path[0] === 'lists' ? text.replace('- list', '') : text)?.[1] ?? '';
  const before = text.replace(/\+\r?\n/, '');
  const after = text.replace('+', `${indent}${isMap ? 'new: 1' : '- name: new'}`);
  expect(await edited(before, isMap ? { path, set: NEW_ENTRY } : { path, append: [NEW_ITEM] })).toBe(after);
});

test.each(CASES.filter(({ text }) => !text.startsWith('map')))(
  'what was added goes again, and nothing else: $name',
  async ({ text }) => {
    const path = pathIn(text);
    const before = text.replace(/\+\r?\n/, '');
    const after = (await edited(before, { path, append: [NEW_ITEM] })) ?? '';
    expect(await edited(after, { path, drop: [1] })).toBe(before);
  },
);

test.each([
  ['a comment', 'list:\n- name: a\n  # of a', 'list:\n- name: a\n  # of a\n- name: new\n'],
  ['an item', 'list:\n- name: a', 'list:\n- name: a\n- name: new\n'],
  ['blank lines', 'list:\n- name: a\n\n  ', 'list:\n- name: a\n- name: new\n\n  '],
])('at the end of a text that ends in %s without a line break', async (_, text, comes) => {
  expect(await edited(text, { path: ['list'], append: [NEW_ITEM] })).toBe(comes);
});

test('of a list of words any commented-out item is one', async () => {
  const text = 'list:\n- a\n# - b\n+\nnext: 1\n';
  expect(await edited(text.replace('+\n', ''), { path: ['list'], append: ['new'] })).toBe(
    text.replace('+', '- new'),
  );
});
