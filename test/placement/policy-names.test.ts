import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policiesOf } from '../../src/placement/policy.ts';
import type { Cluster } from '../../src/system/index.ts';
import { runs } from '../support/runs.ts';

/** A group: where it is, its name, and what its stores are labeled with, if anything. */
type Group = readonly [namespace: string, name: string, label?: string | undefined];

function namesOf(groups: readonly Group[]): (readonly [groups: string, name: string])[] {
  const servers = groups.map(([namespace, name, label], index) => ({
    kind: 'TiKVGroup',
    namespace,
    name,
    joins: true,
    placement: { data: 'rows', labels: { disk: `d${index}`, ...(label !== undefined && { group: label }) } },
  }));
  const cluster = { servers, version: 'v8.5.0', locationLabels: [] } as unknown as Cluster;
  const { policies, unlike } = policiesOf(cluster, 3);
  expect(unlike).toEqual([]);
  return policies.map((policy) => [
    policy.groups.map(({ namespace, name }) => `${namespace}/${name}`).join(' '),
    policy.name,
  ]);
}

/** The names of policies where several would have one. */
const FACTS: readonly [what: string, groups: readonly Group[], names: readonly string[]][] = [
  [
    'groups of several namespaces',
    [
      ['x', 'hot'],
      ['y', 'hot'],
    ],
    ['x-hot', 'y-hot'],
  ],
  ['a group with the name that TiDB keeps for itself', [['db', 'default']], ['db-default']],
  [
    'a label and a group',
    [
      ['db', 'a', 'c'],
      ['db', 'b', 'c'],
      ['db', 'c'],
    ],
    ['db-c', 'db-c-2'],
  ],
  [
    'a label and a group that differ in case',
    [
      ['db', 'a', 'C'],
      ['db', 'b', 'C'],
      ['db', 'c'],
    ],
    ['C', 'db-c'],
  ],
  [
    'a namespace with a group, and a group',
    [
      ['x', 'hot'],
      ['y', 'hot'],
      ['db', 'x-hot'],
    ],
    ['x-hot-2', 'y-hot', 'x-hot'],
  ],
];

test.each(FACTS)('%s have policies of their own', (_, groups, names) => {
  expect(namesOf(groups).map(([, name]) => name)).toEqual(names);
});

test('no two policies have one name to TiDB, and only names that others have too are changed', () => {
  const part = fc.constantFrom('a', 'a-a', 'b', 'a-b', 'a-2', 'a-a-2');
  const label = fc.option(fc.constantFrom('a', 'A', 'b', 'A-b', 'a-A'), { nil: undefined });
  const group = fc.tuple(part, part, label);
  const groups = fc.uniqueArray(group, { selector: ([space, name]) => `${space}/${name}`, maxLength: 12 });
  fc.assert(
    fc.property(groups, (all) => {
      const named = namesOf(all);
      const names = named.map(([, name]) => name.toLowerCase());
      expect(new Set(names).size).toBe(names.length);
      // What each would be called if only its namespace told it from others.
      const plain = named.map(([members]) => {
        const [first = '', ...others] = members.split(' ');
        const [namespace = '', name = ''] = first.split('/');
        const label = all.find((one) => first === `${one[0]}/${one[1]}`)?.[2];
        return { namespace, name: others.length > 0 ? (label ?? name) : name };
      });
      const wanted = plain.map(({ namespace, name }) =>
        plain.filter((one) => one.name === name).length === 1 ? name : `${namespace}-${name}`,
      );
      for (const [index, [, name]] of named.entries()) {
        const its = wanted[index]?.toLowerCase();
        if (wanted.filter((one) => one.toLowerCase() === its).length === 1) expect(name).toBe(wanted[index]);
      }
      expect(namesOf(all)).toEqual(named);
    }),
    { numRuns: runs(1000) },
  );
});
