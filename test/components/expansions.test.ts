import { expect, test } from 'vitest';
import { Expansions } from '../../src/components/expansions.ts';
import { byKind } from '../../src/components/index.ts';

const { expansion } = byKind.TiDBGroup.group;

function withLazyTiDB(): { expansions: Expansions; loads: () => number } {
  let count = 0;
  const load = async () => {
    count++;
    if (typeof expansion === 'function') return expansion();
    return expansion;
  };
  const lazy = { ...byKind.TiDBGroup, group: { ...byKind.TiDBGroup.group, expansion: load } };
  return { expansions: new Expansions({ ...byKind, TiDBGroup: lazy }), loads: () => count };
}

test('a kind that is loaded on demand is loaded where there is a group of it, and once', async () => {
  const { expansions, loads } = withLazyTiDB();
  await expansions.load(['TiKVGroup']);
  expect(loads()).toBe(0);
  await expansions.load(['TiDBGroup', 'TiDBGroup']);
  await expansions.load(['TiDBGroup']);
  expect(loads()).toBe(1);
  expect(expansions.of('TiDBGroup')).toBe(expansion);
});

test('one that was not loaded is a mistake, and nothing stands in for it', () => {
  const { expansions } = withLazyTiDB();
  expect(() => expansions.of('TiDBGroup')).toThrow('TiDBGroup must be loaded');
  expect(expansions.of('TiKVGroup')).toBe(byKind.TiKVGroup.group.expansion);
});
