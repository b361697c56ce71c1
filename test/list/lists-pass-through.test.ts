import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { type Interest, type ItemList, NO_CHANGES, openList, writeList } from '../../src/list/index.ts';
import { openCarefully } from '../../src/list/open-carefully.ts';
import { Problems } from '../../src/problem/index.ts';
import { isMap, type MapValue } from '../../src/yaml/index.ts';
import { anyList } from '../support/any-list.ts';
import { asNumber, asPlain } from '../support/any-value.ts';
import { runs } from '../support/runs.ts';

/** Who wants to know all of a resource, and who wants to know its name: the second parses nothing if it can. */
const EVERYTHING: Interest = { reads: () => true, names: () => true, markers: [] };
const INTERESTS: readonly Interest[] = [EVERYTHING, { ...EVERYTHING, reads: () => false }];

async function open(text: string, interest: Interest): Promise<ItemList> {
  const problems = new Problems();
  const list = await openList(undefined, Buffer.from(text), interest, problems);
  expect(problems.all).toEqual([]);
  if (list === undefined) throw new Error('no list');
  return list;
}

function openedCarefully(text: string): ItemList {
  const problems = new Problems();
  const list = openCarefully(undefined, text, EVERYTHING, problems);
  expect(problems.all).toEqual([]);
  if (list === undefined) throw new Error('no list');
  return list;
}

function textOf(list: ItemList): string {
  const pieces = [...writeList(list, NO_CHANGES, undefined)].map((piece) => Buffer.from(piece));
  return Buffer.concat(pieces).toString();
}

function idOf({ apiVersion, kind, metadata }: MapValue): MapValue {
  const { name, namespace } = isMap(metadata) ? metadata : {};
  return {
    apiVersion: textOr(apiVersion),
    kind: textOr(kind),
    name: textOr(name),
    namespace: textOr(namespace),
  };
}

function textOr(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** By the independent parser, in which of a document's values the floats are as they are written. */
function readApart(text: string): unknown {
  return parseDocument(text, { intAsBigInt: true }).toJS({ reviver: asNumber });
}

let quick = 0;
let careful = 0;

test('any list in any style means the same to both ways of reading, and comes back byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(anyList, async ({ items, config, text }) => {
      expect(openedCarefully(text).items.map((item) => item.object)).toEqual(items);
      for (const interest of INTERESTS) {
        const list = await open(text, interest);
        if (list.source.careful === undefined) quick++;
        else careful++;
        expect(list.items.map((item) => item.id)).toEqual(items.map(idOf));
        expect(list.functionConfig?.object).toEqual(config);
        list.items.forEach((item, index) => {
          if (item.isRead) expect(item.object).toEqual(items[index]);
        });
        if (!list.items.some((item) => item.leansOnOthers) && list.form !== 'values') {
          expect(textOf(list)).toBe(text);
        } else expect(openedCarefully(textOf(list)).items.map((item) => item.object)).toEqual(items);
      }
    }),
    { numRuns: runs(600), interruptAfterTimeLimit: 30_000, markInterruptAsFailure: false },
  );
  // Both ways have been walked.
  expect(quick).toBeGreaterThan(runs(100));
  expect(careful).toBeGreaterThan(runs(100));
});

test('the text of an item is by itself the item, to an independent parser', async () => {
  await fc.assert(
    fc.asyncProperty(anyList, async ({ items, text }) => {
      for (const interest of INTERESTS) {
        const list = await open(text, interest);
        let end = 0;
        list.items.forEach((item, index) => {
          if (list.form === 'values' || item.leansOnOthers) return;
          expect(item.start).toBeGreaterThanOrEqual(end);
          end = item.end;
          expect(readApart(item.text())).toEqual(asPlain(items[index] ?? {}));
        });
      }
    }),
    { numRuns: runs(400), interruptAfterTimeLimit: 30_000, markInterruptAsFailure: false },
  );
});

test.each([
  ['the quick way', ''],
  ['the careful way', 'spare: !!str x\n'],
])('text that is added to the last item does not take what is below it, in %s', async (way, first) => {
  const item = '- apiVersion: v1\n  kind: A\n  metadata: {name: a}\n  spec:\n    a: 1\n';
  for (const below of [
    '         \n',
    '\n         ',
    '         \nfunctionConfig: {}\n',
    '         \n...\n',
    '         # c\n',
    '\n         # c',
    '# b\n         # c\n',
    ' # b\n\n         # c\n',
    '         # c\n  # b\nfunctionConfig: {}\n',
  ]) {
    const list = await open(`${first}kind: ResourceList\nitems:\n${item}${below}`, EVERYTHING);
    // What ends in odd ways takes the careful way.
    if (below.endsWith('{}\n')) expect(list.source.careful === undefined).toBe(way === 'the quick way');
    const [last] = list.items;
    if (last === undefined) throw new Error('no item');
    const edits = new Map([[last, [{ path: ['spec'], set: { config: 'one\ntwo\n' } }]]]);
    const out = [...writeList(list, { ...NO_CHANGES, edits }, undefined)].map((piece) => Buffer.from(piece));
    const { items } = parseDocument(Buffer.concat(out).toString()).toJS();
    expect(items[0].spec).toEqual({ a: 1, config: 'one\ntwo\n' });
  }
});

test.each(['|', '|-', '|+', '>', '>+'])(
  'an item that goes leaves nothing to a block %s above it',
  async (header) => {
    const item = (kind: string) => `- apiVersion: v1\n  kind: ${kind}\n`;
    for (const below of ['', '\n\n', '         \n', '\n# c\n', '# c\n\n     \n', '   # deep\n']) {
      for (const next of [item('C'), '']) {
        const text = `kind: ResourceList\nitems:\n${item('A')}  data:\n    x: ${header}\n      text\n${item('B')}${below}${next}`;
        const list = await open(text, EVERYTHING);
        const [first, gone, ...others] = list.items;
        const drops = new Set(gone && [gone]);
        const pieces = [...writeList(list, { ...NO_CHANGES, drops }, undefined)].map((piece) =>
          Buffer.from(piece),
        );
        expect(parseDocument(Buffer.concat(pieces).toString()).toJS().items).toEqual(
          [first, ...others].map((one) => one?.object),
        );
      }
    }
  },
);
