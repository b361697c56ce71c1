import { describe, expect, it } from 'vitest';
import { GENERATED_BY } from '../../src/api/index.ts';
import { isWatched, ownResources, withoutExisting } from '../../src/existing/index.ts';
import { Item } from '../../src/list/index.ts';
import { NOWHERE, Problems } from '../../src/problem/index.ts';

const of = (kind: string, name: string, annotations = {}) =>
  Item.of({ apiVersion: 'example.com/v1', kind, metadata: { name, namespace: 'db', annotations } });

describe('offers that a user has already', () => {
  const offers = ['a', 'b', 'c'].map((name) => ({
    resource: { kind: 'Thing', metadata: { name } },
    origin: NOWHERE,
    path: ['metadata', 'name'],
  }));

  it('are left out, each with a message that names what there is', () => {
    const problems = new Problems();
    const theirs = new Map([['b', of('Other', 'mine')]]);
    const left = withoutExisting(
      offers,
      ({ resource }) => {
        const item = theirs.get(resource.metadata.name);
        return item && { item, does: 'does it' };
      },
      problems,
    );
    expect(left).toEqual([offers[0], offers[2]]);
    expect(problems.all.map(({ code, severity, message }) => [code, severity, message])).toEqual([
      [
        'already-there',
        'info',
        'the Thing "b" is not rendered, because the Other "mine" does it; keep that one, or remove it to have this one rendered',
      ],
    ]);
  });
});

it('what a render made is no resource of a user', () => {
  const [mine, theirs] = [of('Thing', 'a'), of('Thing', 'b', { [GENERATED_BY]: 'TiKVGroup/hot' })];
  expect(ownResources([mine, theirs, of('Other', 'a')], 'example.com/', 'Thing')).toEqual([mine]);
  expect(ownResources([mine], 'example.org/', 'Thing')).toEqual([]);
});

it('kinds are watched by the group of their API', () => {
  expect(isWatched('policy/v1', 'PodDisruptionBudget')).toBe(true);
  expect(isWatched('policy.example.com/v1', 'PodDisruptionBudget')).toBe(false);
  expect(isWatched('policy/v1', 'constructor')).toBe(false);
});
