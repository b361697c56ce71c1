import { expect, test } from 'vitest';
import type { MapValue, Value } from '../../src/yaml/index.ts';
import { created, podsOf, type Update, updated } from '../support/kubernetes-judge.ts';
import { describeWith, KUBERNETES_JUDGE } from '../support/tools.ts';

const APPLIERS = ['server-side', 'client-side'] as const;

function service(spec: MapValue): MapValue {
  const metadata = { name: 'web', namespace: 'db' };
  return { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ name: 'a', port: 1 }], ...spec } };
}

function statefulSet(pod: MapValue = {}, spec: MapValue = {}): MapValue {
  const matchLabels = { app: 'hot' };
  const containers: Value = [{ name: 'tikv', image: 'tikv:1' }];
  const template = { metadata: { labels: matchLabels }, spec: { containers, ...pod } };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'hot', namespace: 'db' },
    spec: { replicas: 2, serviceName: 'hot', selector: { matchLabels }, template, ...spec },
  };
}

function claims(...names: readonly string[]): MapValue {
  const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  return { volumeClaimTemplates: names.map((name) => ({ metadata: { name }, spec })) };
}

/** Changes of which Kubernetes' documentation says what comes of them, and the fields that are refused. */
const UPDATES: readonly (readonly [name: string, old: MapValue, now: MapValue, ...refused: string[]])[] = [
  ['a Service keeps its address', service({}), service({ type: 'NodePort' })],
  ['no other address', service({}), service({ clusterIP: '10.96.0.9' }), 'spec.clusterIPs[0]'],
  [
    'no address is none, too',
    service({ clusterIP: 'None' }),
    service({ type: 'LoadBalancer' }),
    'spec.clusterIPs[0]',
  ],
  [
    'no other load balancer',
    service({ type: 'LoadBalancer', loadBalancerClass: 'a/b' }),
    service({ type: 'LoadBalancer' }),
    'spec.loadBalancerClass',
  ],
  [
    'but with another type',
    service({ type: 'LoadBalancer', loadBalancerClass: 'a/b' }),
    service({ type: 'ClusterIP' }),
  ],
  [
    'claim templates are in order',
    statefulSet({}, claims('a', 'b')),
    statefulSet({}, claims('b', 'a')),
    'spec',
  ],
  ['a StatefulSet may get other pods', statefulSet(), statefulSet({ hostNetwork: true })],
];

describeWith([KUBERNETES_JUDGE], 'the judge', () => {
  const updates = UPDATES.map(([name, old, now, ...refused]) => ({ name, old, now, refused }));
  test.each(updates)('knows of an update: $name', ({ old, now, refused }) => {
    for (const { before, after } of updated(APPLIERS.map((apply): Update => ({ old, new: now, apply })))) {
      expect(before.refused).toBeUndefined();
      expect((after.refused ?? []).map(({ field }) => field)).toEqual(refused);
    }
  });

  test('knows what a StatefulSet does with its pods', () => {
    const pairs = APPLIERS.flatMap((apply): Update[] => [
      { old: statefulSet(), new: statefulSet({ terminationGracePeriodSeconds: 30 }), apply },
      { old: statefulSet(), new: statefulSet({ terminationGracePeriodSeconds: 31 }, { replicas: 3 }), apply },
      { old: statefulSet(), new: statefulSet({}, { replicas: 1 }), apply },
    ]);
    const same = { restarted: [], stopped: [], started: [] };
    const expected = [
      same,
      { ...same, restarted: ['hot-0', 'hot-1'], started: ['hot-2'] },
      { ...same, stopped: ['hot-1'] },
    ];
    expect(updated(pairs).map(({ pods }) => pods)).toEqual([...expected, ...expected]);
  });

  test('knows which pods and claims can never be', () => {
    const impossible = [
      statefulSet({ dnsPolicy: 'None' }),
      statefulSet({}, { volumeClaimTemplates: [{ metadata: { name: 'a' }, spec: {} }] }),
      statefulSet({ volumes: [{ name: 'a', hostPath: { path: '/a' } }] }, claims('a')),
    ];
    expect(podsOf(impossible).map(({ refused }) => refused?.map(({ field }) => field))).toEqual([
      ['StatefulSet: spec.template.spec.dnsConfig', 'spec.dnsConfig'],
      expect.arrayContaining(['claim a-hot-0: spec.accessModes', 'claim a-hot-0: spec.resources[storage]']),
      undefined,
    ]);
    const [taken] = podsOf([statefulSet({}, claims('a'))]);
    expect(taken?.pod).toMatchObject({
      metadata: { name: 'hot-0' },
      spec: { volumes: [{ name: 'a', persistentVolumeClaim: { claimName: 'a-hot-0' } }] },
    });
  });

  test('takes resources and stores them with their defaults', () => {
    const [headless, wrong] = created([service({ clusterIP: 'None' }), service({ type: 'None' })]);
    expect(headless?.stored).toMatchObject({ spec: { clusterIPs: ['None'], sessionAffinity: 'None' } });
    expect(wrong?.refused?.[0]?.field).toBe('spec.type');
  });
});
