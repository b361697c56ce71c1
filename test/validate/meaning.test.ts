import { describe, expect, test } from 'vitest';
import { formatPath, type Problem } from '../../src/problem/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { mergedMap, problemsOfAll } from '../support/render-text.ts';
import { readFixture } from '../support/table.ts';

const KINDS = ['TidbCluster', 'TiKVGroup', 'TiDBGroup'] as const;

/** Parts to merge into the base resources, and resources to add. */
type Input = { readonly [kind in (typeof KINDS)[number]]?: MapValue } & { readonly others?: MapValue[] };

interface Row extends Input {
  readonly name: string;
  /** Code, kind and path, and a part of the message. */
  readonly problems: readonly (readonly [code: string, place: string, says: string])[];
  readonly right?: readonly Input[];
}

const { base, cases } = readFixture<{
  base: { readonly [kind in (typeof KINDS)[number]]: MapValue };
  cases: readonly Row[];
}>('problems/meaning.yaml');

async function problemsOf({ others = [], ...parts }: Input): Promise<readonly Problem[]> {
  return problemsOfAll([...KINDS.map((kind) => mergedMap(base[kind], parts[kind] ?? {})), ...others]);
}

const placeOf = ({ origin, path = [] }: Problem) => `${origin?.id.kind} ${formatPath(path)}`;

describe('what cannot work is found, and the message tells how to mend it', () => {
  test.each(cases)('$name', async ({ problems, ...input }) => {
    const found = await problemsOf(input);
    expect(found.map((problem) => [problem.code, placeOf(problem)])).toEqual(
      problems.map(([code, place]) => [code, place]),
    );
    for (const [index, [, , says]] of problems.entries()) expect(found[index]?.message).toContain(says);
  });
});

describe('what is nearly the same is right', () => {
  const neighbours = cases.flatMap(({ name, right = [] }) =>
    right.map((input, index) => ({ name, index, input })),
  );

  test.each(neighbours)('not $name ($index)', async ({ input }) => {
    expect((await problemsOf(input)).map((problem) => [problem.code, problem.message])).toEqual([]);
  });
});

test('the table is about both groups and the cluster', () => {
  const kinds = new Set(cases.flatMap(({ problems }) => problems.map(([, place]) => place.split(' ')[0])));
  expect([...kinds]).toEqual(expect.arrayContaining([...KINDS]));
  expect(cases.length).toBeGreaterThan(90);
});
