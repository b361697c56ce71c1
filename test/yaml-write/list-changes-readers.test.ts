import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Changes, type ItemList, NO_CHANGES, openList, writeList } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';
import { readDocuments } from '../../src/yaml/read-events.ts';
import { toValue } from '../../src/yaml/to-value.ts';
import { editedValue } from '../../src/yaml-write/edit-value.ts';
import type { Edit } from '../../src/yaml-write/index.ts';
import { type AnyList, anyList } from '../support/any-list.ts';
import { hostileUtf8 } from '../support/hostile.ts';
import { runs } from '../support/runs.ts';
import { formOf, isTyped, readEverywhere } from '../support/yaml-readers.ts';

const EVERYTHING = { reads: () => true, names: () => true, markers: [] };

/** Libraries for JavaScript make something of two keys even in quotes, and JSON has no way to write long ones. */
const text = hostileUtf8.filter((value) => value !== '<<' && value !== '__proto__' && value.length < 1000);

const annotations = fc.dictionary(text, text, { minKeys: 1, maxKeys: 3 });

const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  annotations.map((set) => ({ path: ['metadata', 'annotations'], set })),
  fc
    .tuple(text, text)
    .map(([name, label]) => ({ path: ['metadata'], set: { name, labels: { [name]: label } } })),
  fc
    .tuple(text, text)
    .map(([one, two]) => ({ path: ['spec'], set: { config: `${one}\n${two}\n`, args: [one, [two]] } })),
  fc.tuple(text, text).map(([one, two]) => ({ path: ['data', 'deep', one], set: { [two]: one } })),
);

const anyResult = fc.tuple(text, text).map(([message, path]): MapValue => ({ message, field: { path } }));

/** A list, what is done to it, and what it says then. */
interface Changed {
  readonly before: string;
  readonly after: string;
  readonly meant: readonly [before: Value, after: Value];
}

async function changed(
  { text: before }: AnyList,
  edit: Edit,
  added: MapValue,
  results: MapValue[],
): Promise<Changed | undefined> {
  const list = await openList(undefined, Buffer.from(before), EVERYTHING, new Problems());
  const [first, second] = list?.items ?? [];
  const [root] = readDocuments(before);
  const whole = root && toValue(root);
  if (list === undefined || first === undefined || !isMap(whole)) return undefined;
  const changes: Changes = {
    ...NO_CHANGES,
    edits: new Map([[first, [edit]]]),
    additions: new Map([[second ?? first, [added]]]),
  };
  const items = list.items.flatMap((item) => [
    item === first ? editedValue(item.object, [edit]) : item.object,
    ...(item === (second ?? first) ? [added] : []),
  ]);
  return { before, after: textOf(list, changes, results), meant: [whole, { ...whole, items, results }] };
}

function textOf(list: ItemList, changes: Changes, results: MapValue[]): string {
  const pieces = [...writeList(list, changes, results)].map((piece) => Buffer.from(piece));
  return Buffer.concat(pieces).toString();
}

test('to every reader that has read a list as we do, what is changed in it is what was meant, and nothing else', async () => {
  const all = fc.sample(
    fc.tuple(anyList, anyEdit, annotations, fc.array(anyResult, { maxLength: 2 })),
    runs(400),
  );
  const lists: Changed[] = [];
  for (const [list, edit, added, results] of all) {
    const one = await changed(list, edit, added, results);
    if (one !== undefined) lists.push(one);
  }
  const [read, reread] = [lists.map(({ before }) => before), lists.map(({ after }) => after)].map(
    readEverywhere,
  );
  const wrong: { reader: string; before: string; after: string }[] = [];
  let agreed = 0;
  for (const [index, { before, after, meant }] of lists.entries()) {
    for (const [reader, answer] of read?.[index] ?? []) {
      const [was, is] = meant.map((value) => formOf(value, isTyped(reader)));
      if ('refused' in answer || answer.documents.join() !== was) continue;
      agreed++;
      const then = reread?.[index]?.get(reader);
      if (then === undefined || 'refused' in then || then.documents.join() !== is)
        wrong.push({ reader, before, after });
    }
  }
  expect(wrong.slice(0, 1).map((w) => [w.reader, diffOf(w.before, w.after)])).toEqual([]);
  expect(agreed).toBeGreaterThan(runs(1000));
});

function diffOf(a: string, b: string): string {
  const [x, y] = [a.split('\n'), b.split('\n')];
  return (
    y
      .filter((l) => !x.includes(l))
      .map((l) => JSON.stringify(l.slice(0, 400)))
      .join('\n') +
    '\n--- gone\n' +
    x
      .filter((l) => !y.includes(l))
      .map((l) => JSON.stringify(l.slice(0, 200)))
      .join('\n')
  );
}
