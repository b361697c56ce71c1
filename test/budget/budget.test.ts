import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serverBudget, storeBudget, toleratedStores } from '../../src/budget/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { askControllers, refusals } from '../support/controllers.ts';
import { at } from '../support/read-yaml.ts';
import { CONTROLLERS } from '../support/tools.ts';

describe('as many stores may be away as every region bears', () => {
  it.each([
    { stores: 3, maxReplicas: 3, away: 1 },
    { stores: 9, maxReplicas: 3, away: 1 },
    { stores: 9, maxReplicas: 5, away: 2 },
    { stores: 4, maxReplicas: 5, away: 1 },
    { stores: 2, maxReplicas: 3, away: 0 },
    { stores: 1, maxReplicas: 1, away: 0 },
    { stores: 0, maxReplicas: 3, away: 0 },
  ])('$away of $stores with $maxReplicas replicas', ({ stores, maxReplicas, away }) => {
    expect(toleratedStores(stores, maxReplicas)).toBe(away);
  });

  it('wherever its replicas are', () => {
    const numbers = fc.integer({ min: 1, max: 7 });
    fc.assert(
      fc.property(numbers, numbers, (stores, maxReplicas) => {
        const away = toleratedStores(stores, maxReplicas);
        const replicas = Math.min(stores, maxReplicas);
        // The worst region has all that are away among its replicas; with one more it has no majority.
        expect((replicas - away) * 2).toBeGreaterThan(replicas);
        expect((replicas - away - 1) * 2).toBeLessThanOrEqual(replicas);
      }),
    );
  });
});

const STORES = [
  { instance: 'hot', replicas: 3 },
  { instance: 'basic', replicas: 3 },
  { instance: 'cold', replicas: 2 },
];

it('one budget is over the base and all groups', () => {
  expect(storeBudget({ cluster: 'basic', namespace: 'tidb', stores: STORES, maxReplicas: 3 })).toEqual({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'basic-tikv', namespace: 'tidb' },
    spec: {
      minAvailable: 7,
      selector: {
        matchExpressions: [
          { key: 'app.kubernetes.io/component', operator: 'In', values: ['tikv'] },
          { key: 'app.kubernetes.io/instance', operator: 'In', values: ['basic', 'cold', 'hot'] },
          { key: 'app.kubernetes.io/managed-by', operator: 'In', values: ['tidb-operator'] },
        ],
      },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
});

function setOf(instance: string, component: string, replicas: number): MapValue {
  const labels = {
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/instance': instance,
    'app.kubernetes.io/managed-by': 'tidb-operator',
    'app.kubernetes.io/name': 'tidb-cluster',
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: `${instance}-${component}`, namespace: 'tidb' },
    spec: {
      replicas,
      podManagementPolicy: 'Parallel',
      serviceName: 'peer',
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: component, image: component }] } },
    },
  };
}

describe.skipIf(CONTROLLERS.path === undefined)('Kubernetes', () => {
  it('takes the budgets', () => {
    const stores = storeBudget({ cluster: 'basic', namespace: 'tidb', stores: STORES, maxReplicas: 3 });
    expect(refusals([stores, serverBudget('web', 'tidb')])).toEqual([undefined, undefined]);
  });

  it.each([
    { maxReplicas: 3, evicted: [true, false, false] },
    { maxReplicas: 5, evicted: [true, true, false] },
  ])(
    'evicts no more pods than that at a time, whose ever they are, with $maxReplicas replicas',
    ({ maxReplicas, evicted }) => {
      const sets = STORES.map(({ instance, replicas }) => setOf(instance, 'tikv', replicas));
      const pods = STORES.flatMap(({ instance, replicas }) =>
        Array.from({ length: replicas }, (_, i) => `${instance}-tikv-${i}`),
      );
      const answers = askControllers([
        { do: 'reset' },
        ...sets.map((object) => ({ do: 'apply', object })),
        {
          do: 'apply',
          object: storeBudget({ cluster: 'basic', namespace: 'tidb', stores: STORES, maxReplicas }),
        },
        { do: 'sync', now: 1 },
        ...pods.map((name) => ({ do: 'pod', name, ready: true, now: 2 })),
        { do: 'sync', now: 3 },
        ...['hot-tikv-0', 'basic-tikv-1', 'cold-tikv-0'].map((name) => ({ do: 'evict', name, now: 4 })),
      ]);
      expect(answers.slice(-3).map(({ code }) => code === undefined)).toEqual(evicted);
    },
  );

  it('evicts one SQL server of a group at a time', () => {
    const answers = askControllers([
      { do: 'reset' },
      { do: 'apply', object: setOf('web', 'tidb', 3) },
      { do: 'apply', object: setOf('hot', 'tikv', 3) },
      { do: 'apply', object: serverBudget('web', 'tidb') },
      { do: 'sync', now: 1 },
      ...[0, 1, 2].map((i) => ({ do: 'pod', name: `web-tidb-${i}`, ready: true, now: 2 })),
      { do: 'sync', now: 3 },
      { do: 'evict', name: 'web-tidb-0', now: 4 },
      { do: 'evict', name: 'web-tidb-1', now: 4 },
    ]);
    expect(answers.slice(-2).map(({ code }) => code)).toEqual([undefined, 429]);
  });
});

it('nothing is said of a namespace that is left open', () => {
  const budget = storeBudget({ cluster: 'basic', namespace: undefined, stores: STORES, maxReplicas: 3 });
  expect(at(budget, 'metadata')).toEqual({ name: 'basic-tikv' });
});
