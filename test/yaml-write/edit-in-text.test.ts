import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Document, isCollection, isPair, isScalar, parse, visit } from 'yaml';
import { type Item, openStream } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import type { Value } from '../../src/yaml/index.ts';
import type { Edit } from '../../src/yaml-write/index.ts';
import { readYaml } from '../support/read-yaml.ts';
import { runs } from '../support/runs.ts';

const EVERYTHING = { reads: () => true, names: () => true, markers: [] };

async function open(text: string): Promise<Item> {
  const problems = new Problems();
  const [item] = await openStream('file.yaml', Buffer.from(text), EVERYTHING, problems);
  if (item === undefined || problems.all.length > 0) throw new Error(`not YAML: ${text}`);
  return item;
}

async function edited(text: string, ...edits: readonly Edit[]): Promise<string | undefined> {
  return (await open(text)).editedText(edits);
}

const CONFIG: Edit = { path: ['spec'], set: { config: 'a = 1\n\n[b]\n  c = "d"\n' } };

describe('text of several lines that is added takes nothing of what stands below', () => {
  const added = '  config: |\n    a = 1\n\n    [b]\n      c = "d"\n';
  const KEEPS: Edit = { path: ['spec'], set: { config: 'a\n\n' } };
  test.each([
    {
      name: 'no blank line',
      text: 'spec:\n  a: 1\n\nnext: 1\n',
      edit: CONFIG,
      comes: `spec:\n  a: 1\n${added}\nnext: 1\n`,
    },
    {
      name: 'no line of spaces that is longer than its own indentation',
      text: 'spec:\n  a: 1\n\n       \n\nnext: 1\n',
      edit: CONFIG,
      comes: `spec:\n  a: 1\n\n       \n${added}\nnext: 1\n`,
    },
    {
      name: 'no spaces at the end of the text',
      text: 'spec:\n  a: 1\n       ',
      edit: CONFIG,
      comes: `spec:\n  a: 1\n       \n${added}`,
    },
    {
      name: 'no blank line where it ends in some itself',
      text: 'spec:\n  a: 1\n\n\nnext: 1\n',
      edit: KEEPS,
      comes: 'spec:\n  a: 1\n\n\n  config: |+\n    a\n\nnext: 1\n',
    },
    {
      name: 'no comment below a key that has nothing yet',
      text: 'spec:\n        # later\nnext: 1\n',
      edit: CONFIG,
      comes: `spec:\n        # later\n${added}next: 1\n`,
    },
  ])('$name', async ({ text, edit, comes }) => {
    const out = await edited(text, edit);
    expect(out).toBe(comes);
    expect(parse(comes)).toEqual({ ...parse(text), spec: { ...parse(text).spec, ...edit.set } });
  });
});

describe('text of several lines takes the place of a value', () => {
  test.each([
    {
      name: 'of a map, with the comment on the line of its key',
      text: 'spec:\n  config: # why\n    a: 1 # what\n    b: {c: d}\n  next: 1\n',
      comes: 'spec:\n  config: | # why\n    a = 1\n\n    [b]\n      c = "d"\n  next: 1\n',
    },
    {
      name: 'of a map in brackets, with the comment behind it',
      text: 'spec:\n  config: {a: 1} # why\n  next: 1\n',
      comes: 'spec:\n  config: | # why\n    a = 1\n\n    [b]\n      c = "d"\n  next: 1\n',
    },
    {
      name: 'of a map in brackets over several lines',
      text: 'spec:\n  config: {a: 1, # one\n    b: {}} # why\n  next: 1\n',
      comes: 'spec:\n  config: | # why\n    a = 1\n\n    [b]\n      c = "d"\n  next: 1\n',
    },
    {
      name: 'of another literal block, with the comment behind its indicator',
      text: 'spec:\n    config: |- # why\n        a=1\n\n    next: 1\n',
      comes: 'spec:\n    config: | # why\n      a = 1\n\n      [b]\n        c = "d"\n\n    next: 1\n',
    },
    {
      name: 'of a folded block',
      text: 'spec:\n  config: >2-\n    a = 1\n  next: 1\n',
      comes: 'spec:\n  config: |\n    a = 1\n\n    [b]\n      c = "d"\n  next: 1\n',
    },
    {
      name: 'of quoted text',
      text: 'spec:\n  config: "a = 1\\n" # why\n  next: 1\n',
      comes: 'spec:\n  config: | # why\n    a = 1\n\n    [b]\n      c = "d"\n  next: 1\n',
    },
    {
      name: 'that is empty',
      text: 'spec:\n  config:   # why\n  next: 1\n',
      comes: 'spec:\n  config: | # why\n    a = 1\n\n    [b]\n      c = "d"\n  next: 1\n',
    },
    {
      name: 'and the comments below do not become part of it',
      text: 'spec:\n  config:\n    a: 1\n      # deep\n    # in\n\n   # odd\n  # out\n  next: 1\n',
      comes:
        'spec:\n  config: |\n    a = 1\n\n    [b]\n      c = "d"\n  # deep\n  # in\n\n  # odd\n  # out\n  next: 1\n',
    },
    {
      name: 'and blank lines with spaces in them do not become part of it',
      text: 'spec:\n  config: {}\n          \n  next: 1\n',
      comes: 'spec:\n  config: |\n    a = 1\n\n    [b]\n      c = "d"\n\n  next: 1\n',
    },
    {
      name: 'at the end of a text without a line break',
      text: 'spec:\n  config: {a: 1}',
      comes: 'spec:\n  config: |\n    a = 1\n\n    [b]\n      c = "d"\n',
    },
    {
      name: 'in a text with Windows line ends',
      text: 'spec:\r\n  config:\r\n    a: 1\r\n  next: 1\r\n',
      comes: 'spec:\r\n  config: |\r\n    a = 1\r\n\r\n    [b]\r\n      c = "d"\r\n  next: 1\r\n',
    },
    {
      name: 'in brackets: quoted',
      text: 'spec: {config: {a: 1}, next: 1}\n',
      comes: 'spec: {config: "a = 1\\n\\n[b]\\n  c = \\"d\\"\\n", next: 1}\n',
    },
    {
      name: 'in JSON: quoted',
      text: '{"spec": {"config": {"a": 1}}}',
      comes: '{"spec": {"config": "a = 1\\n\\n[b]\\n  c = \\"d\\"\\n"}}',
    },
  ])('$name', async ({ text, comes }) => {
    expect(await edited(text, CONFIG)).toBe(comes);
  });

  test.each([
    { name: 'an anchor stands before it', text: 'spec:\n  config: &c {a: 1}\n  other: *c\n' },
    { name: 'an anchor stands in it', text: 'spec:\n  config:\n    a: &c 1\n  other: *c\n' },
    { name: 'a tag stands before it', text: 'spec:\n  config: !!map\n    a: 1\n' },
    { name: 'its key is marked as one', text: 'spec:\n  ? config\n  : a: 1\n' },
    { name: 'the way to it leads through an alias', text: 'other: &s\n  config: {a: 1}\nspec: *s\n' },
  ])('not in place where $name, but in meaning', async ({ text }) => {
    const item = await open(text);
    expect(item.editedText([CONFIG])).toBeUndefined();
    expect(readYaml(item.edited([CONFIG]))[0]).toMatchObject({ spec: CONFIG.set });
  });

  test('where an alias stands, the alias goes', async () => {
    expect(await edited('spec:\n  other: &c {a: 1}\n  config: *c\n', CONFIG)).toBe(
      'spec:\n  other: &c {a: 1}\n  config: |\n    a = 1\n\n    [b]\n      c = "d"\n',
    );
  });

  test('in an item of a list, also behind its dash', async () => {
    const text = 'list:\n- name: x\n  config: {}\n- config: {} # why\n  name: y\n';
    const set = { config: 'a = 1\n' };
    expect(await edited(text, { path: ['list', 0], set }, { path: ['list', 1], set })).toBe(
      'list:\n- name: x\n  config: |\n    a = 1\n- config: | # why\n    a = 1\n  name: y\n',
    );
  });

  test('a map or a list gives way to another, with the comment on its line', async () => {
    const text = 'spec:\n  a: # why\n    x: 1\n  b: 2 # both\n  c:\n  - 1\n';
    const set = { a: { w: [1] }, b: { z: 2 }, c: [{ d: 3 }] };
    expect(await edited(text, { path: ['spec'], set })).toBe(
      'spec:\n  a: # why\n    w:\n    - 1\n  b: # both\n    z: 2\n  c:\n  - d: 3\n',
    );
  });

  test('the same text is left as it is written', async () => {
    const text = `spec: {config: 'a = 1'}\n`;
    expect(await edited(text, { path: ['spec'], set: { config: 'a = 1' } })).toBe(text);
  });
});

describe('items of a list', () => {
  const append: Edit = { path: ['list'], append: [{ name: 'c', namespace: 'd' }] };

  test.each([
    {
      name: 'are added as the others are indented',
      text: 'list:\n- name: a # first\n- name: b\n# end\nnext: 1\n',
      edit: append,
      comes: 'list:\n- name: a # first\n- name: b\n- name: c\n  namespace: d\n# end\nnext: 1\n',
    },
    {
      name: 'are added below those that are deeper',
      text: 'list:\n    - name: a\n',
      edit: append,
      comes: 'list:\n    - name: a\n    - name: c\n      namespace: d\n',
    },
    {
      name: 'are added in brackets',
      text: 'list: [{name: a}] # one\n',
      edit: append,
      comes: 'list: [{name: a}, {name: c, namespace: d}] # one\n',
    },
    {
      name: 'are added in JSON',
      text: '{"list": [{"name": "a"}]}',
      edit: append,
      comes: '{"list": [{"name": "a"}, {"name": "c", "namespace": "d"}]}',
    },
    {
      name: 'go with their lines',
      text: 'list:\n- name: a # first\n- name: b # second\n  namespace: n\n- c\n',
      edit: { path: ['list'], drop: [0, 1] },
      comes: 'list:\n- c\n',
    },
    {
      name: 'go with their commas',
      text: 'list: [a, b, c, d]\n',
      edit: { path: ['list'], drop: [0, 2, 3] },
      comes: 'list: [b]\n',
    },
  ])('$name', async ({ text, edit, comes }) => {
    expect(await edited(text, edit)).toBe(comes);
  });

  test('do not all go in place', async () => {
    const item = await open('list: [a]\n');
    const edit: Edit = { path: ['list'], drop: [0] };
    expect(item.editedText([edit])).toBeUndefined();
    expect(item.editedObject([edit])).toEqual({ list: [] });
  });
});

describe('what a key that is marked as one has for a value ends where that ends', () => {
  const entries = [
    '? s\n  :',
    '? s\n\n  # why\n  : # what',
    '? s # why',
    '? s\n  : v',
    '? s\n  : # what\n    v',
    '"s" :',
  ];
  const edits: readonly Edit[] = [
    { path: ['spec'], set: { new: 'a\nb\n' } },
    { path: ['spec', 's'], set: { new: 'a\nb\n' } },
    { path: ['spec'], set: { s: { new: 1 } } },
    { path: ['spec'], remove: ['s'] },
    { path: ['spec'], remove: ['a'] },
  ];
  const texts = entries.flatMap((entry) => [
    `spec:\n  ${entry}\n  a: 1\n`,
    `spec:\n  a: 1\n  ${entry}\nnext: 1\n`,
    `spec:\n  a: 1\n  ${entry}`,
  ]);
  test.each(texts)('%j', async (text) => {
    const item = await open(text);
    for (const edit of edits) {
      if (text.includes('v') && edit.path.length > 1) continue;
      expect(parse(item.edited([edit]))).toEqual(item.editedObject([edit]));
    }
  });
});

test.each(['|', '|-', '|+', '>', '>+'])(
  'what goes leaves nothing that would become part of a block %s above it',
  async (header) => {
    for (const below of ['', '\n', '         \n', '\n\n', '       # deep\n', '\n     # deep\n  # last\n']) {
      for (const next of ['next: 1\n', '']) {
        const map = `spec:\n  a: ${header}\n    text\n  b: 1\n  c:\n    d: 1\n${below}${next}`;
        const list = `spec:\n  - ${header}\n    text\n  - 1\n  - d: 1\n${below}${next}`;
        for (const [text, edit] of [
          [map, { path: ['spec'], remove: ['c'] }],
          [map, { path: ['spec'], remove: ['b', 'c'] }],
          [map, { path: ['spec', 'c'], remove: ['d'] }],
          [list, { path: ['spec'], drop: [2] }],
          [list, { path: ['spec'], drop: [1, 2] }],
        ] satisfies [string, Edit][]) {
          const item = await open(text);
          expect(parse(item.edited([edit]))).toEqual(item.editedObject([edit]));
        }
      }
    }
  },
);

const word = fc.stringMatching(/^k[a-z0-9]{0,6}$/);
const leaf = fc.oneof(
  word,
  fc.integer({ min: -9, max: 99 }),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('a\nb\n', 'a\n', 'x: y # z', "it's", '', ' lead', '# no comment', '&no', '*no'),
);
const { value: anyValue } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(word, tie('value'), { maxKeys: 4 }),
  ),
}));

interface Style {
  readonly indent: number;
  readonly indentSeq: boolean;
  readonly random: readonly number[];
}

const anyStyle: fc.Arbitrary<Style> = fc.record({
  indent: fc.constantFrom(2, 3, 4),
  indentSeq: fc.boolean(),
  random: fc.array(fc.nat(9), { minLength: 40, maxLength: 40 }),
});

/** The value as YAML, with collections in brackets and comments here and there. */
function written(value: Value, { indent, indentSeq, random }: Style): string {
  const document = new Document(value);
  let step = 0;
  const next = () => random[step++ % random.length] ?? 0;
  visit(document, {
    Node: (key, node, path) => {
      if (key === null) return;
      if (isCollection(node) && next() === 0) node.flow = true;
      const parent = path.at(-1);
      if (isScalar(node) && typeof node.value === 'string' && next() === 1) node.type = 'QUOTE_DOUBLE';
      const inFlow = path.some((one) => isCollection(one) && one.flow === true);
      if (inFlow || (isPair(parent) && key === 'key' && next() > 4)) return;
      // Of empty collections with comments the writer makes what is no YAML.
      if (isCollection(node) && node.items.length === 0) return;
      if (next() === 2 && key !== 'key') node.comment = ` behind ${step}`;
      if (next() === 3 && key === 'key') node.commentBefore = ` before ${step}`;
      if (next() === 4 && key === 'key') node.spaceBefore = true;
    },
  });
  return document.toString({ indent, indentSeq, lineWidth: 0 });
}

test('any value in any style gives way, and all else stays', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyValue,
      fc.dictionary(word, anyValue, { maxKeys: 3 }),
      fc.dictionary(word, anyValue, { maxKeys: 3 }),
      fc.constantFrom('', 'one', 'a = 1\n', '[a]\n  b = "c"\n', 'a\n\n\nb\n\n'),
      anyStyle,
      async (old, before, after, config, style) => {
        const spec = { ...before, config: old, ...after };
        const text = written({ spec, last: 1 }, style);
        const item = await open(text);
        const edit: Edit = { path: ['spec'], set: { config } };
        const result = item.edited([edit]);
        expect(parse(result)).toEqual({ ...parse(text), spec: { ...parse(text).spec, config } });
        expect(readYaml(result)).toEqual(
          readYaml(text).map((one) => ({ ...one, spec: { ...(readYaml(text)[0]?.spec as object), config } })),
        );
        const inPlace = item.editedText([edit]);
        if (inPlace === undefined) return;
        const own = item.text();
        const start = own.search(/"?config"? *:/);
        expect(inPlace.slice(0, start)).toBe(own.slice(0, start));
      },
    ),
    { numRuns: runs(1500) },
  );
});
