import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openStream } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { editDistance } from '../../src/validate/structure/edit-distance.ts';
import { isTypo, nearest, nearestIn } from '../../src/validate/structure/nearest.ts';
import type { Edit } from '../../src/yaml-write/index.ts';
import { runs } from '../support/runs.ts';

const FIELDS = ['replicas', 'requests', 'limits', 'storageClassName', 'storageVolumes', 'env', 'envFrom'];

test.each([
  ['replica', 'replicas'],
  ['repilcas', 'replicas'],
  ['Replicas', 'replicas'],
  ['storage_class-name', 'storageClassName'],
  ['storageClass', 'storageClassName'],
  ['storageVolume', 'storageVolumes'],
  ['limit', 'limits'],
  ['ev', 'env'],
  ['evn', 'env'],
  ['form', undefined],
  ['x', undefined],
  ['', undefined],
  ['replicasOfTheStores', undefined],
  ['r'.repeat(101), undefined],
])('"%s" is probably meant to be %s', (name, meant) => {
  expect(nearest(name, FIELDS)).toBe(meant);
});

test('of two that are as near the first counts', () => {
  expect(nearest('port', ['sort', 'part'])).toBe('sort');
  expect(nearest('port', ['part', 'sort'])).toBe('part');
  expect(nearest('port', ['sort', 'part', 'ports', 'port'])).toBe('port');
});

/** The plain way: all of the table, of every known name. */
function distance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const cell = (i: number, j: number) => table[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const options = [
        cell(i - 1, j) + 1,
        cell(i, j - 1) + 1,
        cell(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
      ];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        options.push(cell(i - 2, j - 2) + 1);
      (table[i] ?? [])[j] = Math.min(...options);
    }
  }
  return cell(a.length, b.length);
}

const normal = (name: string) => name.toLowerCase().replaceAll(/[-_. ]/g, '');

function plainNearest(name: string, known: readonly string[]): string | undefined {
  const near = known.flatMap((candidate) => {
    const [a, b] = [normal(name), normal(candidate)];
    const away = distance(a, b);
    return away <= Math.max(1, Math.floor(Math.min(a.length, b.length) / 3)) ? [{ candidate, away }] : [];
  });
  const least = Math.min(...near.map(({ away }) => away));
  return near.find(({ away }) => away === least)?.candidate;
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', 'é', '_'), maxLength: 14 });

/** A text, and one that a few slips of the fingers make of it. */
const slipped = fc
  .tuple(
    text,
    fc.array(
      fc.tuple(fc.nat(20), fc.constantFrom('insert', 'drop', 'swap', 'put'), fc.constantFrom('a', 'b', 'x')),
      { maxLength: 5 },
    ),
  )
  .map(([from, slips]): [string, string] => {
    let to = from;
    for (const [where, what, letter] of slips) {
      const at = Math.min(where, to.length);
      const [head, tail] = [to.slice(0, at), to.slice(at)];
      if (what === 'insert') to = head + letter + tail;
      else if (what === 'drop') to = head + tail.slice(1);
      else if (what === 'put') to = head + letter + tail.slice(1);
      else to = head + (tail[1] ?? '') + (tail[0] ?? '') + tail.slice(2);
    }
    return [from, to];
  });

test('a distance within the limit is the plain one, and any other is over it', () => {
  fc.assert(
    fc.property(fc.oneof(slipped, fc.tuple(text, text)), fc.nat(6), ([a, b], limit) => {
      const plain = distance(a, b);
      const quick = editDistance(a, b, limit);
      if (plain <= limit) expect(quick).toBe(plain);
      else expect(quick).toBeGreaterThan(limit);
    }),
    { numRuns: runs(5000) },
  );
});

test('the nearest name is that of the plain way', () => {
  fc.assert(
    fc.property(slipped, fc.array(text, { maxLength: 6 }), fc.nat(6), ([known, name], others, at) => {
      const all = others.toSpliced(at, 0, known);
      expect(nearestIn(all)(name)).toBe(plainNearest(name, all));
      const limit = Math.min(2, Math.max(1, Math.floor(known.length / 4)));
      expect(isTypo(name, known)).toBe(distance(normal(name), normal(known)) <= limit);
    }),
    { numRuns: runs(5000) },
  );
});

test('in a map of many entries a key is found as in one of few: of duplicates the last', async () => {
  const many = Array.from({ length: 300 }, (_, index) => `  key${index}: ${index}\n`).join('');
  const everything = { reads: () => true, names: () => true, markers: [] };
  const [item] = await openStream(
    'file.yaml',
    Buffer.from(`map:\n${many}  key7: again\n`),
    everything,
    new Problems(),
  );
  const edits: Edit[] = [
    { path: ['map'], set: { key7: 'once', key299: 0, added: 1 } },
    { path: ['map'], remove: ['added', 'key298'] },
  ];
  expect(item?.editedText(edits)).toBe(
    `map:\n${many.replace('  key298: 298\n', '').replace('key299: 299', 'key299: 0')}  key7: once\n`,
  );
  expect(item?.locate(['map', 'key5'], 'key')).toMatchObject({ line: 7, column: 3 });
});
