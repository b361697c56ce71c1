import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MapValue } from '../../src/yaml/index.ts';
import { affinityInZone } from '../../src/zones/affinity.ts';
import { mayRunOn } from '../support/kubernetes-judge.ts';
import { runs } from '../support/runs.ts';
import { describeWith, KUBERNETES_JUDGE } from '../support/tools.ts';

const ZONE = 'topology.kubernetes.io/zone';
const KEYS = [ZONE, 'disk', 'host'];
const VALUES = ['a', 'b', 'c'];

const expression = fc.oneof(
  fc.record({
    key: fc.constantFrom(...KEYS),
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1 }),
  }),
  fc.record({ key: fc.constantFrom(...KEYS), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);
const field = fc.record({
  key: fc.constant('metadata.name'),
  operator: fc.constantFrom('In', 'NotIn'),
  values: fc.constantFrom(...VALUES).map((value) => [value]),
});
const term = fc.record(
  {
    matchExpressions: fc.array(expression, { maxLength: 2 }),
    matchFields: fc.array(field, { maxLength: 1 }),
  },
  { requiredKeys: [] },
);
const affinity = fc.oneof(
  fc.constant({}),
  fc.array(term, { minLength: 1, maxLength: 3 }).map((nodeSelectorTerms) => ({
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms },
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, preference: { matchExpressions: [{ key: 'disk', operator: 'Exists' }] } },
      ],
    },
    podAffinity: {},
  })),
);
const node = fc.record({
  name: fc.constantFrom(...VALUES),
  labels: fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES)),
});

const podWith = (its: object): MapValue =>
  JSON.parse(JSON.stringify({ spec: { containers: [], affinity: its } }));
const asNode = (metadata: object): MapValue => JSON.parse(JSON.stringify({ metadata }));

describeWith([KUBERNETES_JUDGE], 'Kubernetes schedules the pods of a zone', () => {
  test('on those nodes of the zone that the written affinity allows, and no others', () => {
    const cases = fc.sample(fc.tuple(affinity, fc.constantFrom(...VALUES), node), runs(4000));
    const asked = cases.flatMap(([its, zone, { name, labels }]) => {
      const place = asNode({ name, labels });
      const merged = affinityInZone(JSON.parse(JSON.stringify(its)), zone);
      return [
        { pod: podWith(its), node: place },
        { pod: podWith(merged), node: place },
      ];
    });
    const answers = mayRunOn(asked);
    const wrong = cases.filter(([, zone, { labels }], index) => {
      const expected = answers[2 * index] && labels[ZONE] === zone;
      return answers[2 * index + 1] !== expected;
    });
    expect(wrong.slice(0, 3)).toEqual([]);
    const counts = cases.map((_, index) => answers[2 * index + 1]);
    expect(counts.filter((is) => is).length).toBeGreaterThan(20);
  });

  test('and prefers what the written affinity prefers', () => {
    const preferred = [
      { weight: 1, preference: { matchExpressions: [{ key: 'disk', operator: 'Exists' }] } },
    ];
    const written = {
      nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred },
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [] },
    };
    expect(affinityInZone(written, 'a')).toMatchObject(written);
  });
});
