import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AutoscaleSpec, ScalingRules, TiDBGroup } from '../../src/api/index.ts';
import { autoscalerOf } from '../../src/autoscale/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { asStored, created } from '../support/kubernetes-judge.ts';
import { at } from '../support/read-yaml.ts';
import { problemsOfAll } from '../support/render-text.ts';
import { runs } from '../support/runs.ts';
import { describeWith, KUBERNETES_JUDGE } from '../support/tools.ts';

function group(autoscale: AutoscaleSpec): TiDBGroup {
  return {
    apiVersion: 'pingcap.com/v1alpha1',
    kind: 'TiDBGroup',
    metadata: { name: 'web', namespace: 'tidb' },
    spec: {
      cluster: { name: 'basic' },
      // In any range that there is.
      replicas: Math.max(1, autoscale.min),
      requests: { cpu: 2, memory: '8Gi' },
      autoscale,
    },
  };
}

const CLUSTER: MapValue = {
  apiVersion: 'pingcap.com/v1alpha1',
  kind: 'TidbCluster',
  metadata: { name: 'basic', namespace: 'tidb' },
  spec: {
    version: 'v8.5.7',
    pd: { replicas: 3, requests: { storage: '10Gi' } },
    tikv: { replicas: 3, requests: { storage: '100Gi' } },
  },
};

/** Numbers in a range and just beside it. */
const near = (low: number, high: number) =>
  fc.oneof(
    { arbitrary: fc.integer({ min: low, max: high }), weight: 6 },
    { arbitrary: fc.constantFrom(low - 1, low, high, high + 1), weight: 1 },
  );

const POLICY = fc.record({
  type: fc.constantFrom<'Percent' | 'Pods'>('Percent', 'Pods'),
  value: near(1, 200),
  periodSeconds: near(1, 1800),
});

const RULES: fc.Arbitrary<ScalingRules> = fc.record(
  {
    policies: fc.array(POLICY, { minLength: 0, maxLength: 3 }),
    selectPolicy: fc.constantFrom<'Disabled' | 'Max' | 'Min'>('Disabled', 'Max', 'Min'),
    stabilizationWindowSeconds: near(0, 3600),
  },
  { requiredKeys: [] },
);

const AUTOSCALE: fc.Arbitrary<AutoscaleSpec> = fc
  .record(
    {
      min: near(1, 20),
      max: near(1, 20),
      cpu: near(1, 100),
      memory: near(1, 100),
      behavior: fc.record({ scaleDown: RULES, scaleUp: RULES }, { requiredKeys: [] }),
    },
    { requiredKeys: ['min', 'max', 'cpu'] },
  )
  .map((spec) => ({ ...spec, max: Math.max(spec.max, spec.min - 1) }));

const SAMPLES = fc.sample(AUTOSCALE, { numRuns: runs(300), seed: 3 });

function made(spec: AutoscaleSpec): MapValue {
  const autoscaler = autoscalerOf(group(spec));
  if (autoscaler === undefined) throw new Error('there must be one');
  return autoscaler;
}

async function isRight(spec: AutoscaleSpec): Promise<boolean> {
  const problems = await problemsOfAll([CLUSTER, JSON.parse(JSON.stringify(group(spec)))]);
  return problems.every(({ severity }) => severity !== 'error');
}

describeWith([KUBERNETES_JUDGE], 'Kubernetes', () => {
  test('takes an autoscaler exactly where nothing is said to be wrong with the group', async () => {
    const answers = created(SAMPLES.map(made));
    const ours = await Promise.all(SAMPLES.map(isRight));
    const unlike = SAMPLES.filter((_, index) => ours[index] !== (answers[index]?.refused === undefined));
    expect(unlike).toEqual([]);
    const right = ours.filter((one) => one).length;
    expect(right).toBeGreaterThan(ours.length / 10);
    expect(right).toBeLessThan(ours.length);
  });

  test('adds nothing to one, so that engines see no difference', async () => {
    const right: AutoscaleSpec[] = [];
    for (const spec of SAMPLES) if (await isRight(spec)) right.push(spec);
    const plain: AutoscaleSpec = { min: 2, max: 6, cpu: 70 };
    for (const { added, changed, dropped, refused } of asStored([plain, ...right].map(made))) {
      expect({
        added: added.filter((path) => !path.startsWith('.status')),
        changed,
        dropped,
        refused,
      }).toEqual({
        added: [],
        changed: [],
        dropped: [],
        refused: undefined,
      });
    }
  });
});

test('what is null counts as not written', () => {
  const plain = { min: 1, max: 2, cpu: 70 };
  const nulls = {
    memory: null,
    behavior: { scaleDown: { policies: null, selectPolicy: null }, scaleUp: null },
  };
  const written = JSON.parse(JSON.stringify({ ...plain, ...nulls }));
  expect(made(written)).toEqual(made(plain));
});

test('what somebody writes of a rule counts, and the rest of it stays careful', () => {
  const behavior = {
    scaleDown: { stabilizationWindowSeconds: 60 },
    scaleUp: { selectPolicy: 'Disabled' as const },
  };
  expect(at(made({ min: 1, max: 2, memory: 80, behavior }), 'spec', 'behavior')).toEqual({
    scaleDown: {
      policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }],
      selectPolicy: 'Max',
      stabilizationWindowSeconds: 60,
    },
    scaleUp: {
      policies: [{ type: 'Pods', value: 2, periodSeconds: 60 }],
      selectPolicy: 'Disabled',
      stabilizationWindowSeconds: 0,
    },
  });
});
