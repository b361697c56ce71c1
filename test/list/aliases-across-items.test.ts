import { describe, expect, test } from 'vitest';
import {
  type Changes,
  type Item,
  type ItemList,
  manifestOf,
  NO_CHANGES,
  openList,
  openStream,
  writeList,
} from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { readYaml } from '../support/read-yaml.ts';

const EVERYTHING = { reads: () => true, names: () => true, markers: [] };
const HEAD = 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n';

/** What each list means when it comes out, whatever happens to the item that others lean on. */
const LISTS: readonly { readonly name: string; readonly rest: string }[] = [
  {
    name: 'an item leans on the one before',
    rest: 'items:\n- kind: A\n  labels: &l {a: b}\n- kind: B\n  labels: *l\n- kind: C\n  x: [*l]\n',
  },
  {
    name: 'an item leans on one that leans itself',
    rest: 'items:\n- kind: A\n  l: &l {a: b}\n- kind: B\n  m: &m {n: *l}\n- kind: C\n  x: *m\n',
  },
  {
    name: 'the function config leans on an item that leans itself',
    rest: 'items:\n- kind: A\n  l: &l {a: b}\n- kind: B\n  m: &m {n: *l}\nfunctionConfig:\n  kind: F\n  data: *m\n',
  },
  {
    name: 'the function config is an item',
    rest: 'items:\n- &f\n  kind: A\n  data: {x: "1"}\nfunctionConfig: *f\n',
  },
  {
    name: 'items lean on the function config',
    rest: 'functionConfig:\n  kind: F\n  data: &d {x: "1"}\nitems:\n- kind: A\n  data: *d\n',
  },
  {
    name: 'an item is the one before',
    rest: 'items:\n- &a\n  kind: A\n- *a\n- kind: B\nresults:\n- message: m\n',
  },
  { name: 'the items stand elsewhere', rest: 'other: &i\n- kind: A\n- kind: B\nitems: *i\n' },
  { name: 'the items are merged in', rest: 'x: &x\n  items:\n  - kind: A\nitems: []\n<<: *x\n' },
  {
    name: 'an item in brackets leans on another',
    rest: 'items: [{kind: A, l: &l {a: b}}, {kind: B, l: *l}]\n',
  },
  {
    name: 'an item merges another in',
    rest: 'items:\n- kind: A\n  l: &l {a: b}\n- kind: B\n  l: {<<: *l, c: d}\n',
  },
];

async function open(text: string): Promise<ItemList> {
  const problems = new Problems();
  const list = await openList(undefined, Buffer.from(text), EVERYTHING, problems);
  if (list === undefined || problems.all.length > 0) throw new Error(JSON.stringify(problems.all));
  return list;
}

function written(list: ItemList, changes: Partial<Changes>): string {
  return [...writeList(list, { ...NO_CHANGES, ...changes }, undefined)].map(String).join('');
}

/** `<<` is read by hand, as YAML 1.1 has it. */
function meaning(text: string): Record<string, unknown> {
  const [list] = readYaml(text);
  return { ...list };
}

describe.each(LISTS)('where $name', ({ rest }) => {
  const text = HEAD + rest;
  const { items: all, ...others } = meaning(text);
  const items = Array.isArray(all) ? all : [];

  test('all comes out as it went in', async () => {
    expect(meaning(written(await open(text), {}))).toEqual({ ...others, items });
  });

  test.each(items.map((_, index) => index))('all but item %i stays where that one changes', async (index) => {
    const list = await open(text);
    const item = list.items[index];
    const edits: Changes['edits'] = new Map(
      item && [
        [
          item,
          [
            { path: ['metadata', 'annotations'], set: { one: '1' } },
            { path: [], set: { two: '2' } },
          ],
        ],
      ],
    );
    const edited = items.map((one, at) =>
      at === index ? { ...one, metadata: { annotations: { one: '1' } }, two: '2' } : one,
    );
    expect(meaning(written(list, { edits }))).toEqual({ ...others, items: edited });
  });

  test.each(items.map((_, index) => index))('all but item %i stays where that one goes', async (index) => {
    const list = await open(text);
    const drops = new Set<Item>(list.items.slice(index, index + 1));
    const left = items.filter((_, at) => at !== index);
    expect(meaning(written(list, { drops }))).toEqual({ ...others, items: left });
  });
});

test('as plain manifests they say what they mean, with the edits and without what is for tools', async () => {
  const rest =
    '- kind: A\n  apiVersion: v1\n  metadata: {name: a, labels: &l {a: b}}\n' +
    '- kind: B\n  apiVersion: v1\n  metadata:\n    name: b\n    labels: *l\n    annotations: {config.kubernetes.io/index: "1"}\n' +
    '- &c\n  kind: C\n  apiVersion: v1\n  metadata: {name: c}\n- *c\n';
  const text = `apiVersion: v1\nkind: List\nitems:\n${rest}`;
  const items = await openStream('a.yaml', Buffer.from(text), EVERYTHING, new Problems());
  const edit = { path: ['metadata', 'labels'], set: { c: 'd' } };
  const plain = await Promise.all(items.map(async (item) => String(await manifestOf(item, [edit]))));
  expect(plain.flatMap((one) => readYaml(one))).toEqual([
    { kind: 'A', apiVersion: 'v1', metadata: { name: 'a', labels: { a: 'b', c: 'd' } } },
    { kind: 'B', apiVersion: 'v1', metadata: { name: 'b', labels: { a: 'b', c: 'd' } } },
    { kind: 'C', apiVersion: 'v1', metadata: { name: 'c', labels: { c: 'd' } } },
    { kind: 'C', apiVersion: 'v1', metadata: { name: 'c', labels: { c: 'd' } } },
  ]);
});
