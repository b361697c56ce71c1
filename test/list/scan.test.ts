import { describe, expect, test } from 'vitest';
import { PlainStore } from '../../src/list/byte-store.ts';
import { Scanner, theScanner } from '../../src/list/scan.ts';
import { ScanMemory } from '../../src/list/scan-memory.ts';
import { NO_SOURCE } from '../../src/yaml/source.ts';

// Made here, so that a program that does not load fails, where all else would just be slow.
const scanner = new Scanner(ScanMemory.create());

test('the program loads, and is what scans', () => {
  expect(theScanner()).toBeInstanceOf(Scanner);
});

/** What is found in a text: a resource's lines, and what it is called; nothing if the careful way has to look. */
function documentsIn(text: string): string[] | undefined {
  const found: string[] = [];
  const bytes = Buffer.from(text);
  const isSound = scanner.documents(bytes, (span) => {
    const { start, end } = span.item(NO_SOURCE, 'document', 0);
    const lines = bytes.subarray(start, end).toString().split('\n').length - 1;
    const names = [span.apiVersion, span.kind, span.namespace, span.name].map((name) => name ?? '?');
    found.push(`${lines} lines: ${names.join(' ')}`);
    return true;
  });
  return isSound ? found : undefined;
}

const HEAD = 'apiVersion: v1\nkind: Pod\n';
const NAMED = `${HEAD}metadata:\n  name: a\n  namespace: ns\n`;

describe('what a resource is called is found without reading it', () => {
  test.each<[what: string, text: string, found: string[]]>([
    ['plain', NAMED, ['5 lines: v1 Pod ns a']],
    ['in quotes', NAMED.replace(': a', ": '1'").replace(': ns', ': "n s"'), ['5 lines: v1 Pod n s 1']],
    ['a number, which is no name', NAMED.replace(': a', ': 1'), ['5 lines: v1 Pod ns ']],
    [
      'the same number in quotes and without',
      `${NAMED.replace('v1', '"2"')}---\n${NAMED.replace('v1', '2')}`,
      ['5 lines: 2 Pod ns a', '5 lines:  Pod ns a'],
    ],
    ['with a comment behind it', NAMED.replace('Pod', 'Pod # x'), ['5 lines: v1 Pod ns a']],
    ['with a hash in it', NAMED.replace(': a', ': a#b'), ['5 lines: v1 Pod ns a#b']],
    ['of letters beyond ASCII', NAMED.replace(': a', ': ä€'), ['5 lines: v1 Pod ns ä€']],
    [
      'longer than what is kept',
      NAMED.replace('ns', 'n'.repeat(99)),
      [`5 lines: v1 Pod ${'n'.repeat(99)} a`],
    ],
    ['without metadata, which only a reader can tell from other styles', HEAD, ['2 lines: v1 Pod ? ?']],
    ['with metadata in brackets', `${HEAD}metadata: {name: a}\n`, ['3 lines: v1 Pod ? ?']],
    ['with a name that goes on', NAMED.replace(': a', ': a\n    b'), ['6 lines: v1 Pod ? ?']],
    [
      'with a name in a map deeper down',
      `${HEAD}metadata:\n  labels:\n    name: x\n  name: a\n`,
      ['6 lines: v1 Pod  a'],
    ],
    ['with a name elsewhere', `${NAMED}spec:\n  name: x\n`, ['7 lines: v1 Pod ns a']],
    ['in any order', 'metadata:\n  name: a\nkind: Pod\napiVersion: v1\n', ['4 lines: v1 Pod  a']],
    [
      'more of them than there are numbers for',
      Array.from({ length: 200 }, (_, i) => NAMED.replace('ns', `n${i}`)).join('---\n'),
      Array.from({ length: 200 }, (_, i) => `5 lines: v1 Pod n${i} a`),
    ],
    ['more than fit at once', `${NAMED}---\n`.repeat(2500), Array(2500).fill('5 lines: v1 Pod ns a')],
  ])('%s', (_, text, found) => {
    expect(documentsIn(text)).toEqual(found);
  });
});

describe('what only looks like the end of a resource is not one', () => {
  test.each([
    ['a marker within a block scalar', 'data:\n  x: |\n    ---\n    kind: No\n'],
    ['blank lines and comments', '\n# x\n\n'],
    ['a block scalar with lines that are blank, and its own indentation', 'x: |2-\n\n   y\n\n'],
    ['brackets over several lines', 'x: [a,\n  "]", # ]\n  {b: c}\n]\n'],
    ['quotes over several lines', 'x: "a\n  b: \'c\n\n  \\" d"\n'],
    ['a colon and a hash within a text', 'x: a:b#c d\n'],
  ])('%s', (_, more) => {
    expect(documentsIn(`${NAMED}${more}`)).toEqual([expect.stringContaining('v1 Pod ns a')]);
  });
});

describe('the careful way is asked where the quick one cannot be certain', () => {
  test.each([
    ['an anchor', `${HEAD}x: &a 1\n`],
    ['an alias', `${HEAD}x: *a\n`],
    ['a tag', `${HEAD}x: !!str 1\n`],
    ['a directive', `%YAML 1.2\n---\n${HEAD}`],
    ['a tab', `${HEAD}\tx: 1\n`],
    ['a colon for a value', `${HEAD}x: :\n`],
    ['a question mark for a value', `${HEAD}x: ? a\n`],
    ['a dash for a value', `${HEAD}x: - a\n`],
    ['a colon without a key', `${HEAD}: x\n`],
    ['a key with a question mark', `${HEAD}? x\n`],
    ['a key in quotes', `${HEAD}"x": 1\n`],
    ['a merge', `${HEAD}<<: {a: 1}\n`],
    ['a list', `- ${HEAD}`],
    ['brackets around it', '{apiVersion: v1, kind: Pod}\n'],
    ['a kind that is there twice', `${HEAD}kind: Pod\n`],
    ['no kind', 'apiVersion: v1\nx: 1\n'],
    ['a kind that goes on', 'apiVersion: v1\nkind: Pod\n  x\n'],
    ['quotes that do not end', `${HEAD}x: "a\n`],
    ['brackets that do not end', `${HEAD}x: [a\n`],
    ['quotes that go on too far left', `${HEAD}x: "a\nb"\n`],
  ])('%s', (_, text) => {
    expect(documentsIn(text)).toBeUndefined();
  });
});

describe.each([
  ['the memory that is scanned', () => ScanMemory.create()],
  ['plain memory', () => new PlainStore()],
])('what is read into %s', (_, create) => {
  test('stays as it is, whatever is read next', () => {
    const store = create();
    const sizes = [0, 1, 70_000, 3, 9_000_000, 5];
    const texts = sizes.map((size, index) => {
      for (let left = size; left > 0; ) {
        const space = store.space(1);
        const count = Math.min(left, space.length, 1_000_000);
        space.fill(65 + index, 0, count);
        store.filled(count);
        left -= count;
      }
      return store.finish();
    });
    const whole = texts.map((text, index) => text.equals(Buffer.alloc(sizes[index] ?? 0, 65 + index)));
    expect(texts.map(({ length }) => length)).toEqual(sizes);
    expect(whole).toEqual(sizes.map(() => true));
  });
});

test('texts in the memory that is scanned stand together, a line break behind each', () => {
  const memory = ScanMemory.create();
  const put = (text: string) => {
    memory.filled(memory.space(100).write(text));
    memory.finish();
  };
  put('ab');
  put('');
  expect(String(memory.stretch())).toBe('ab\n\n');
  put('c');
  expect(String(memory.stretch())).toBe('c\n');
});

test('a text that stands elsewhere is scanned without harm to those in memory', () => {
  const own = new Scanner(ScanMemory.create());
  own.memory.filled(own.memory.space(100).write(NAMED));
  const held = own.memory.finish();
  const names: (string | undefined)[] = [];
  const note = (bytes: Buffer) =>
    own.documents(bytes, (span) => {
      names.push(span.name);
      return true;
    });
  note(Buffer.from(NAMED.replace(': a', ': other')));
  note(held);
  expect(names).toEqual(['other', 'a']);
  expect(String(held)).toBe(NAMED);
});
