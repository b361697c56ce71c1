import { describe, expect, test } from 'vitest';
import { Item } from '../../src/list/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { budgetsNotThere } from '../../src/render/other-budgets.ts';
import { monitorOver, ownMonitors } from '../../src/render/other-monitors.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { growthOfReads, LookedAt } from '../support/looked-at.ts';
import { LINEAR } from '../support/steps/counted.ts';

const COMPONENT = 'app.kubernetes.io/component';
const INSTANCE = 'app.kubernetes.io/instance';

const budget = (name: string, selector: MapValue): Item =>
  Item.of({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: 'db' },
    spec: { selector },
  });

const pods = (index: number) => ({
  budget: { kind: 'PodDisruptionBudget', metadata: { name: `g${index}-tidb` } },
  group: Item.of({ kind: 'TiDBGroup', metadata: { name: `g${index}`, namespace: 'db' } }),
  labels: { [COMPONENT]: 'tidb', [INSTANCE]: `g${index}` },
});

/** What as many budgets of a user's own select, and what is said of them. */
const SELECTORS: readonly [what: string, selector: (index: number) => MapValue, said: string | undefined][] =
  [
    ['other pods', (index) => ({ matchLabels: { [COMPONENT]: 'tidb', app: `a${index}` } }), undefined],
    [
      'the pods of a group each',
      (index) => ({ matchLabels: { [COMPONENT]: 'tidb', [INSTANCE]: `g${index}` } }),
      'already-there',
    ],
    [
      'the pods of a group each, by an expression',
      (index) => ({ matchExpressions: [{ key: INSTANCE, operator: 'In', values: [`g${index}`] }] }),
      'already-there',
    ],
    ['all pods', () => ({ matchLabels: { [COMPONENT]: 'tidb' } }), 'already-there'],
  ];

describe('budgets are compared with those of users in steps in proportion', () => {
  test.each(SELECTORS)('that select %s', async (_, selector, said) => {
    const readsOf = (size: number) => {
      const indices = [...Array(size).keys()];
      const own = new LookedAt(indices.map((index) => budget(`own-${index}`, selector(index))));
      const problems = new Problems();
      const rendered = budgetsNotThere(indices.map(pods), own.items, problems);
      expect(rendered.size).toBe(said === undefined ? size : 0);
      expect(new Set(problems.all.map(({ code }) => code))).toEqual(
        new Set(said === undefined ? [] : [said]),
      );
      return own.reads;
    };
    expect(await growthOfReads(readsOf)).toBeLessThanOrEqual(LINEAR);
  });
});

test('the monitors of as many clusters are compared with those of users in steps in proportion', async () => {
  const readsOf = (size: number) => {
    const indices = [...Array(size).keys()];
    const own = new LookedAt(
      indices.map((index) =>
        Item.of({
          apiVersion: 'monitoring.coreos.com/v1',
          kind: 'PodMonitor',
          metadata: { name: 'own', namespace: `n${index}` },
          spec: { selector: { matchLabels: { [COMPONENT]: 'tikv' } } },
        }),
      ),
    );
    const monitors = ownMonitors(own.items);
    for (const index of indices) {
      const watched = {
        by: 'PodMonitor' as const,
        namespace: `n${index}`,
        labels: { [COMPONENT]: 'tikv', [INSTANCE]: `c${index}` },
        whose: 'TiKVGroup "hot"',
      };
      expect(monitorOver([watched], monitors)?.item.namespace).toBe(`n${index}`);
    }
    return own.reads;
  };
  expect(await growthOfReads(readsOf)).toBeLessThanOrEqual(LINEAR);
});
