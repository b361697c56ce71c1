import { expect, test } from 'vitest';
import { byKind } from '../../src/components/index.ts';
import { compare, type GroupState, type Snapshot } from '../../src/plan/index.ts';
import { formatPath, type Path } from '../../src/problem/index.ts';
import { isMap, type MapValue, mapAt, sameValue, type Value } from '../../src/yaml/index.ts';
import { type Update, type Updated, updated } from '../support/kubernetes-judge.ts';
import { layersOf } from '../support/kubernetes-layers.ts';
import { inTurn } from '../support/runs.ts';
import { parseFixture, readFixture, renderCase, type Table } from '../support/table.ts';
import { describeWith, KUBERNETES_JUDGE } from '../support/tools.ts';

/** What a group is rendered into. */
function rendered(table: string, spec: string, kind: string, name: string): MapValue {
  const { resources } = renderCase(readFixture<Table>(`conformance/${table}.yaml`), {
    spec: parseFixture(spec),
  });
  const found = resources.find((one) => one.kind === kind && mapAt(one, 'metadata').name === name);
  if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
  return found;
}

const STORES =
  '{replicas: 2, serviceAccount: sa, storageVolumes: [{name: a, storageSize: 1Gi, mountPath: /a}, {name: b, storageSize: 1Gi}]}';

function service(name: string, spec: string): MapValue {
  return rendered('tidb-group', spec, 'Service', name);
}

function other(apiVersion: string, kind: string, fields: string): MapValue {
  return { apiVersion, kind, metadata: { name: 'a', namespace: 'b' }, ...parseFixture<MapValue>(fields) };
}

/** Resources, and the fields whose changes nobody could make. */
const RESOURCES: { readonly [name: string]: readonly [resource: MapValue, without?: RegExp] } = {
  // Items of lists that nothing tells apart, impossible pods, volumes that are none, and maps without anything in them,
  // which those who apply treat differently.
  'a StatefulSet': [
    rendered('tikv-group', STORES, 'StatefulSet', 'store-tikv'),
    /finalizers|ownerReferences|imagePullSecrets|ordinals|updateStrategy$|volumes\[\d\]\.(?:downwardAPI|configMap)$/,
  ],
  'a headless Service': [service('ap-tidb-peer', '{}')],
  'a Service within the cluster': [service('ap-tidb', '{service: {type: ClusterIP}}')],
  'a Service on nodes': [service('ap-tidb', '{service: {type: NodePort, mysqlNodePort: 30050}}')],
  'a load balancer': [
    service(
      'ap-tidb',
      '{service: {type: LoadBalancer, loadBalancerClass: a/b, externalTrafficPolicy: Local}}',
    ),
  ],
  'a ConfigMap': [other('v1', 'ConfigMap', '{data: {a: b}}')],
  'an immutable ConfigMap': [
    other('v1', 'ConfigMap', '{data: {a: b}, binaryData: {b: YQ==}, immutable: true}'),
    /binaryData/,
  ],
  'a claim': [
    other(
      'v1',
      'PersistentVolumeClaim',
      '{spec: {accessModes: [ReadWriteOnce], storageClassName: a, resources: {requests: {storage: 1Gi}}}}',
    ),
  ],
  'a disruption budget': [
    other('policy/v1', 'PodDisruptionBudget', '{spec: {maxUnavailable: 1, selector: {matchLabels: {a: b}}}}'),
  ],
  // Its selector and the labels of its pods are made for it.
  'a Job': [
    other(
      'batch/v1',
      'Job',
      '{spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: "a:1"}]}}}}',
    ),
    /selector|imagePullSecrets|template\.metadata/i,
  ],
};

/** What becomes of an update: refused, or whether what is stored changes, and whether pods restart. */
type Outcome = 'refused' | { readonly changes: boolean; readonly restarts: boolean };

/** What the plan says of a group that comes to this resource and no other. */
function foretold({ old, new: now }: Update): Outcome {
  const { workloads, dangers } = compare(sideOf(old), sideOf(now));
  const verdicts = workloads.flatMap((change) => change.verdicts);
  if (verdicts.includes('refused') && dangers.length > 0) return 'refused';
  return { changes: !verdicts.includes('unchanged'), restarts: verdicts.includes('restarted') };
}

function sideOf(resource: MapValue): Snapshot {
  const group: GroupState = {
    owner: { kind: 'TiKVGroup', namespace: 'db', name: 'store' },
    component: byKind.TiKVGroup,
    cluster: 'db/basic',
    resources: [resource],
    workloads: [resource],
    runner: 'Kubernetes',
    replacesVolumes: false,
    wasRendered: true,
  };
  return { clusters: [], groups: [group] };
}

function seen({ after, before, pods }: Updated): Outcome {
  if (after.refused !== undefined) return 'refused';
  return {
    changes: !sameValue(withoutVolume(before.stored), withoutVolume(after.stored)),
    restarts: (pods?.restarted.length ?? 0) > 0,
  };
}

describeWith([KUBERNETES_JUDGE], 'an update', () => {
  test.each(Object.entries(RESOURCES))(
    'of any field of %s comes to what is foretold',
    (_, [resource, without]) => {
      const layers = layersOf(resource).filter(({ path }) => without?.test(formatPath(path)) !== true);
      const all = layers.flatMap(({ path, states }) =>
        states.flatMap((old) => states.filter((now) => now !== old).map((now) => ({ path, old, now }))),
      );
      expect(all.length).toBeGreaterThan(10);
      const changes = inTurn(all, 0, 16);
      const updates = changes.map(({ old, now }, index): Update => {
        return { old, new: now, apply: index % 2 === 0 ? 'server-side' : 'client-side' };
      });
      const wrong = updated(updates).flatMap((answer, index) => {
        const update = updates[index];
        if (update === undefined || answer.before.refused !== undefined)
          throw new Error(JSON.stringify(answer));
        const [ours, theirs] = [foretold(update), seen(answer)];
        if (JSON.stringify(ours) === JSON.stringify(theirs)) return [];
        const { path = [], old = {}, now = {} } = changes[index] ?? {};
        const values = [old, now].map((side) => JSON.stringify(valueAt(side, path)));
        return [
          { field: formatPath(path), values, ours, theirs, by: update.apply, refused: answer.after.refused },
        ];
      });
      expect(wrong.slice(0, 3)).toEqual([]);
    },
  );
});

function valueAt(value: Value, path: Path): Value {
  return path.reduce((inner: Value, step) => {
    return Array.isArray(inner) ? (inner[Number(step)] ?? null) : isMap(inner) ? (inner[step] ?? null) : null;
  }, value);
}

/** The volume of a claim is given to it, not written. */
function withoutVolume(stored: MapValue | undefined): MapValue {
  const { volumeName: _, ...spec } = mapAt(stored, 'spec');
  return stored?.kind === 'PersistentVolumeClaim' ? { ...stored, spec } : (stored ?? {});
}
