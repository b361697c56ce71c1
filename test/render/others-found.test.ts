import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelNames, labelsUnwanted, labelsWanted, selects } from '../../src/existing/index.ts';
import { Item } from '../../src/list/index.ts';
import { Having, Wanting } from '../../src/lookup/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { budgetsNotThere } from '../../src/render/other-budgets.ts';
import { monitorOver, ownMonitors } from '../../src/render/other-monitors.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { growthOfReads, LookedAt } from '../support/looked-at.ts';
import { runs } from '../support/runs.ts';
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

const expression = (key: string, operator: string, values?: readonly string[]): MapValue => ({
  matchExpressions: [{ key, operator, ...(values && { values: [...values] }) }],
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
    ['a label that no pod has', (index) => expression(`nope${index}`, 'Exists'), undefined],
    ['all pods, because they have a label', () => expression(INSTANCE, 'Exists'), 'already-there'],
    ['no pod, because all have a label', () => expression(COMPONENT, 'DoesNotExist'), undefined],
    [
      'no pod, because all have one of some values',
      (index) => expression(COMPONENT, 'NotIn', ['tidb', `nope${index}`]),
      undefined,
    ],
    [
      'no pod, for one of two reasons',
      (index) => ({
        matchExpressions: [
          { key: INSTANCE, operator: 'NotIn', values: [`g${index}`] },
          { key: COMPONENT, operator: 'DoesNotExist' },
        ],
      }),
      undefined,
    ],
    ['all pods, but for one', (index) => expression(INSTANCE, 'NotIn', [`g${index}`]), 'already-there'],
    [
      'all pods, because they lack a label',
      (index) => expression(`nope${index}`, 'DoesNotExist'),
      'already-there',
    ],
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

test('of what a selector selects, nothing is left out, and all is in its order', () => {
  const key = fc.constantFrom('a', 'b', 'c');
  const value = fc.constantFrom('x', 'y', 'z');
  const labels = fc.dictionary(key, value, { maxKeys: 3 });
  const requirement = fc.oneof(
    fc.record({ key, operator: fc.constantFrom('In', 'NotIn'), values: fc.array(value, { maxLength: 2 }) }),
    fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
  );
  const selector: fc.Arbitrary<MapValue> = fc.record(
    { matchLabels: labels, matchExpressions: fc.array(requirement, { maxLength: 3 }) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(labels), fc.array(selector), (pods, selectors) => {
      const having = new Having(pods, labelNames);
      const wanting = new Wanting(selectors, labelsWanted, labelsUnwanted);
      for (const one of selectors) {
        const found = [...having.among(labelsWanted(one), labelsUnwanted(one))];
        expect(found.filter((pod) => selects(one, pod))).toEqual(pods.filter((pod) => selects(one, pod)));
      }
      for (const pod of pods) {
        const found = [...wanting.among(labelNames(pod))];
        expect(found.filter((one) => selects(one, pod))).toEqual(
          selectors.filter((one) => selects(one, pod)),
        );
      }
    }),
    { numRuns: runs(200) },
  );
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
