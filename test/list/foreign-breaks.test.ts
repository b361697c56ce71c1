import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdForeignBreak } from '../../src/list/foreign-breaks.ts';
import { type Interest, openList, openStream } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { BrokenYaml } from '../../src/yaml/broken-yaml.ts';
import type { Value } from '../../src/yaml/index.ts';
import { readDocuments } from '../../src/yaml/read-events.ts';
import { toValue } from '../../src/yaml/to-value.ts';
import { anyChoices, anyResource } from '../support/any-list.ts';
import { runs } from '../support/runs.ts';
import { styledList } from '../support/styled/list.ts';
import { formOf, isTyped, readEverywhere } from '../support/yaml-readers.ts';

const EVERYTHING: Interest = { reads: () => true, names: () => true, markers: [] };
const NAMES: Interest = { ...EVERYTHING, reads: () => false };

const FOREIGN = ['\u2028', '\u2029', '\u0085', '\ufeff'];

/** What may stand behind one of them so that it matters. */
const BEHIND = [
  '',
  ' ',
  '  ',
  '    ',
  '        ',
  '          ',
  '\n',
  '---\n',
  '--- ',
  '- ',
  'a: b',
  'kind: Secret\n',
  '# c',
  '"',
  "'",
  '\t',
];

/** Every place that there is in a text: comments, keys, values in every style, at several depths. */
const LIST = `# of the list
apiVersion: config.kubernetes.io/v1
kind: ResourceList # a list
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: a, labels: {"b": 'c', d: [e, "f g"]}}
  data:
    # of the text
    text: |
      one
        two
    folded: >-
      one two

      three
    kept: |+ # all of it
        one

    "quoted": "one, two"
    single: 'it''s
      on two lines'
    plain: one
      two
    list:
    - a: |2
         b
    - - "c"
`;

const foreign = fc.constantFrom(...FOREIGN);
const behind = fc.constantFrom(...BEHIND);

const insertion = fc.record({
  at: fc.nat(),
  text: fc.oneof(
    fc.constantFrom(
      ...['\u2028', '\u2029', '\u2028          ', 'x\u0085            '],
      ...['\n\ufeff', '\ufeff\ufeff', '\n\ufeff\ufeff'],
    ),
    fc.tuple(foreign, behind, behind).map((parts) => parts.join('')),
  ),
});

/** Lists with some of these put in somewhere. */
function broken(list: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const insertions = fc.array(insertion, { minLength: 1, maxLength: 2 });
  return fc.tuple(list, insertions).map(([original, all]) =>
    all.reduce((text, { at, text: added }) => {
      const nearby = at % (text.length + 1);
      const offset = nearby - (/[\udc00-\udfff]/.test(text.charAt(nearby)) ? 1 : 0);
      return text.slice(0, offset) + added + text.slice(offset);
    }, original),
  );
}

const anyStyle = fc
  .tuple(anyResource, anyChoices)
  .map(([item, choices]) => styledList([item], undefined, choices));

async function isAccepted(text: string, interest: Interest): Promise<boolean> {
  const problems = new Problems();
  await openList(undefined, Buffer.from(text), interest, problems);
  return problems.errorCount === 0;
}

/** What the whole text says; nothing if it is broken in a part that is never read. */
function valuesOf(text: string): Value[] {
  try {
    return readDocuments(text).map(toValue);
  } catch (error) {
    if (error instanceof BrokenYaml) return [];
    throw error;
  }
}

/** The same for texts that differ in nothing but blanks and line breaks. */
function skeleton(form: string): string {
  return form.replaceAll(/\\[nrt]|[\s\u0085]/g, '');
}

/** Those that see a break there, but for kustomize, which writes some texts otherwise than it has read them. */
const SEEING = /^(?:go-yaml|kubectl|PyYAML|libyaml)/;

test('what is accepted is the same to all readers, or where nobody looks into it has the same structure', async () => {
  const texts = [
    ...fc.sample(broken(fc.constant(LIST)), runs(1500)),
    ...fc.sample(broken(anyStyle), runs(300)),
  ];
  const answers = readEverywhere(texts);
  const wrong: { reader: string; isRead: boolean; text: string }[] = [];
  const accepted = { read: 0, kept: 0 };
  for (const [index, text] of texts.entries()) {
    const isRead = await isAccepted(text, EVERYTHING);
    if (!isRead && !(await isAccepted(text, NAMES))) continue;
    if (holdForeignBreak(Buffer.from(text))) accepted[isRead ? 'read' : 'kept']++;
    const ours = valuesOf(text);
    for (const [reader, answer] of answers[index] ?? []) {
      if (!SEEING.test(reader) || 'refused' in answer) continue;
      const want = ours.map((value) => formOf(value, isTyped(reader))).join();
      const got = answer.documents.join();
      const isRight = isRead ? want === got : skeleton(want) === skeleton(got);
      if (!isRight) wrong.push({ reader, isRead, text });
    }
  }
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(Math.min(accepted.read, accepted.kept)).toBeGreaterThan(runs(8));
});

const HEAD =
  'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n';

/** Where it is wrong, if it is; `read` where somebody looks into the resource, `kept` where it is handed on as it came. */
const CASES: readonly {
  readonly name: string;
  readonly text: string;
  readonly read: string;
  readonly kept: string;
}[] = [
  { name: 'behind a comment', text: '  # why\u2028  data: {}\n', read: '6:8', kept: '6:8' },
  { name: 'behind a value', text: '  data: a\u2028b\n', read: '6:10', kept: '6:10' },
  { name: 'in a key', text: '  "a\u2029b": c\n', read: '6:5', kept: '6:5' },
  { name: 'in quotes', text: '  data: "a\u2028b"\n', read: '', kept: '' },
  { name: 'in quotes, beside a blank', text: "  data: 'a\u2028    b'\n", read: '6:11', kept: '' },
  { name: 'in quotes, as U+0085', text: '  data: "a\u0085b"\n', read: '6:11', kept: '' },
  { name: 'in quotes, before a mark', text: '  data: "a\u2028--- b"\n', read: '6:11', kept: '6:11' },
  {
    name: 'in a block, as kustomize writes it',
    text: '  data: |\n    a\u2028    b\n',
    read: '7:6',
    kept: '',
  },
  {
    name: 'in a block, which ends there to some',
    text: '  data: |\n    a\u2028  b: c\n',
    read: '7:6',
    kept: '7:6',
  },
  {
    name: 'in a block, before the column of its text is known',
    text: '  data: |\n    \u2028        a\n    b\n',
    read: '7:5',
    kept: '7:5',
  },
  { name: 'a byte order mark before a key', text: '\ufeffdata: a\n', read: '6:1', kept: '6:1' },
  {
    name: 'a byte order mark that begins a line in quotes',
    text: '  data: "a\n\ufeff b"\n',
    read: '',
    kept: '',
  },
  { name: 'two of them in quotes', text: "  data: 'a\n\ufeff\ufeffb'\n", read: '', kept: '' },
  { name: 'two of them in a text', text: '  data: a\ufeff\ufeffb\n', read: '', kept: '' },
  { name: 'two of them before a key', text: '\ufeff\ufeffdata: a\n', read: '6:1', kept: '6:1' },
  {
    name: 'a byte order mark that begins a line in brackets',
    text: '  data: {a: b,\n\ufeffc: d}\n',
    read: '7:1',
    kept: '7:1',
  },
  { name: 'a byte order mark in a text', text: '  data: a\ufeffb\n', read: '', kept: '' },
];

describe('a line break that not all readers see, or a mark that some skip', () => {
  test.each(CASES)('$name', async ({ text, read, kept }) => {
    for (const [interest, place] of [
      [EVERYTHING, read],
      [NAMES, kept],
    ] as const) {
      const problems = new Problems();
      const list = await openList(undefined, Buffer.from(HEAD + text), interest, problems);
      expect(problems.all.map(({ place: at }) => `${at?.line}:${at?.column}`).join()).toBe(place);
      expect(list === undefined).toBe(place !== '');
    }
  });

  test('is refused in the items of a list that become documents, whose lines move', async () => {
    const list = 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n';
    const problems = new Problems();
    await openStream('list.yaml', Buffer.from(`${list}  data: |\n    a\u2028    b\n`), NAMES, problems);
    expect(problems.all.map(({ code, place, message }) => ({ code, place, message }))).toEqual([
      {
        code: 'broken-yaml',
        place: { file: 'list.yaml', line: 7, column: 6 },
        message:
          'must not contain U+2028 here, which ends the line for kubectl and kustomize, but not for other parsers; remove it',
      },
    ]);
  });

  test('is refused in what would be another document to some', async () => {
    const problems = new Problems();
    const text = '# why\u2028---\u2028kind: Secret\napiVersion: v1\nkind: ConfigMap\n';
    await openStream('a.yaml', Buffer.from(text), NAMES, problems);
    expect(problems.all.map(({ place }) => place)).toEqual([{ file: 'a.yaml', line: 1, column: 6 }]);
  });
});
