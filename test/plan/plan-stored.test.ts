import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/plan/index.ts';
import { CLUSTER, stream, TIDB_GROUP, TIKV_GROUP } from '../support/basic.ts';
import { codesOf, planOf } from '../support/plan.ts';

type Change = readonly [from: string, to: string];

const hot = (text: string): Change => ['    storage: 200Gi\n', `    storage: 200Gi\n${indented(text)}`];
/** Stores that have no more than what is written. */
const plainly = (text: string): Change => [
  'name: hot\n  namespace: db\nspec:\n',
  `name: hot\n  namespace: db\n  annotations: {groups.pingcap.com/rollout: Plain}\nspec:\n${indented(text)}`,
];
const web = (text: string): Change => ['  replicas: 2\n', `  replicas: 2\n${indented(text)}`];
const all = (text: string): Change => ['  timezone: UTC\n', `  timezone: UTC\n${indented(text)}`];
const pd = (text: string): Change => ['      storage: 10Gi\n', `      storage: 10Gi\n${indented(text, 4)}`];
const service = (text: string): Change => ['  service:\n    type: ClusterIP\n', `  service: ${text}\n`];

function indented(text: string, by = 2): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by)).concat('\n');
}

/** What is written, or written otherwise, and is stored as it was. */
const THE_SAME: readonly (readonly [name: string, change: Change, given?: Change])[] = [
  ['how long pods have to end', plainly('terminationGracePeriodSeconds: 30'), plainly('')],
  ['the scheduler of the cluster', all('schedulerName: default-scheduler')],
  ['the scheduler of a component that no group has', pd('schedulerName: default-scheduler')],
  ['that of a group', hot('schedulerName: default-scheduler')],
  ['a security context without anything in it', all('podSecurityContext: {}')],
  ['the way to ask for a name', web('dnsPolicy: ClusterFirst')],
  ['when images are pulled', all('imagePullPolicy: IfNotPresent')],
  [
    'how often a probe asks',
    hot('readinessProbe: {type: tcp, periodSeconds: 10}'),
    hot('readinessProbe: {type: tcp}'),
  ],
  [
    'what a container says at its end',
    hot(
      'additionalContainers: [{name: a, image: "a:1", terminationMessagePath: /dev/termination-log, terminationMessagePolicy: File}]',
    ),
    hot('additionalContainers: [{name: a, image: "a:1"}]'),
  ],
  [
    'the mode of files',
    hot('additionalVolumes: [{name: a, configMap: {name: a, defaultMode: 420}}]'),
    hot('additionalVolumes: [{name: a, configMap: {name: a}}]'),
  ],
  [
    'a directory of the node',
    hot('additionalVolumes: [{name: a, hostPath: {path: /a, type: ""}}]'),
    hot('additionalVolumes: [{name: a, hostPath: {path: /a}}]'),
  ],
  [
    'a request to a page',
    web('lifecycle: {preStop: {httpGet: {port: 1, path: /, scheme: HTTP}}}'),
    web('lifecycle: {preStop: {httpGet: {port: 1}}}'),
  ],
  ['the order in which pods start', hot('podManagementPolicy: Parallel')],
  ['the type of a Service', service('{}')],
  [
    'who may reach a Service',
    service('{type: NodePort, externalTrafficPolicy: Cluster}'),
    service('{type: NodePort}'),
  ],
];

/** What is no longer written, or is written as something that Kubernetes does not take it for. */
const KEPT: readonly (readonly [name: string, field: string, given: Change, change: Change])[] = [
  [
    'the address of a Service',
    'spec.service.clusterIP',
    service('{type: ClusterIP, clusterIP: 10.96.0.10}'),
    service('{type: ClusterIP}'),
  ],
  [
    'that of one without',
    'spec.service.clusterIP',
    service('{type: ClusterIP, clusterIP: None}'),
    service('{type: ClusterIP}'),
  ],
  [
    'a node port',
    'spec.service.mysqlNodePort',
    service('{type: NodePort, mysqlNodePort: 30100}'),
    service('{type: NodePort}'),
  ],
  ['a service account', 'spec.serviceAccount', web('serviceAccount: a'), web('')],
];

/** What Kubernetes refuses, and the code of it. */
const REFUSED: readonly (readonly [name: string, code: string, given: Change, change: Change])[] = [
  [
    'another order of volumes',
    'claims-changed',
    hot(
      'storageVolumes: [{name: a, storageSize: 1Gi, mountPath: /a}, {name: b, storageSize: 1Gi, mountPath: /b}]',
    ),
    hot(
      'storageVolumes: [{name: b, storageSize: 1Gi, mountPath: /b}, {name: a, storageSize: 1Gi, mountPath: /a}]',
    ),
  ],
  ...['{type: LoadBalancer, loadBalancerClass: a/c}', '{type: LoadBalancer}'].map(
    (to) =>
      [
        `another load balancer: ${to}`,
        'update-refused',
        service('{type: LoadBalancer, loadBalancerClass: a/b}'),
        service(to),
      ] as const,
  ),
  [
    'a load balancer for a Service that has one',
    'update-refused',
    service('{type: LoadBalancer}'),
    service('{type: LoadBalancer, loadBalancerClass: a/b}'),
  ],
  ...['NodePort', 'LoadBalancer'].map(
    (type) =>
      [
        `the type ${type} for a Service without an address`,
        'update-refused',
        service('{type: ClusterIP, clusterIP: None}'),
        service(`{type: ${type}}`),
      ] as const,
  ),
];

const ALL = stream(CLUSTER, TIKV_GROUP, TIDB_GROUP);

function with_(change: Change | undefined): string {
  if (change === undefined) return ALL;
  if (!ALL.includes(change[0])) throw new Error(`there is no "${change[0]}"`);
  return ALL.replace(change[0], () => change[1]);
}

function verdictsOf({ workloads }: Plan): string[] {
  return [...new Set(workloads.flatMap(({ verdicts }) => verdicts))];
}

describe('what Kubernetes stores as it was is no change:', () => {
  const changes = THE_SAME.map(([name, change, given]) => ({ name, change, given }));
  test.each(changes)('$name', async ({ change, given }) => {
    const [without, written] = [with_(given), with_(change)];
    for (const plan of [await planOf(without, written), await planOf(written, without)]) {
      expect(codesOf(plan.dangers)).toEqual([]);
      expect(verdictsOf(plan)).toEqual(['unchanged']);
    }
  });
});

test('a volume of the same size in other units is not refused', async () => {
  const { dangers, workloads } = await planOf(ALL, with_(['storage: 200Gi', 'storage: 214748364800']));
  expect(codesOf(dangers)).toEqual([]);
  expect(workloads.find(({ workload }) => workload === 'TiKVGroup db/hot')).toMatchObject({
    verdicts: ['changed-in-place'],
    volumes: [],
  });
});

describe('what Kubernetes keeps is said to be kept:', () => {
  test.each(KEPT)('%s', async (_, field, given, change) => {
    const plan = await planOf(with_(given), with_(change));
    expect(codesOf(plan.dangers)).toEqual([]);
    expect(verdictsOf(plan)).toEqual(['unchanged']);
    expect(plan.workloads.flatMap(({ fields }) => fields)).toMatchObject([{ field, effect: 'kept' }]);
  });
});

describe('what Kubernetes refuses is foretold:', () => {
  test.each(REFUSED)('%s', async (_, code, given, change) => {
    const { dangers, workloads } = await planOf(with_(given), with_(change));
    expect(codesOf(dangers)).toEqual([code]);
    expect(workloads.filter(({ verdicts }) => verdicts.includes('refused'))).toHaveLength(1);
  });
});
