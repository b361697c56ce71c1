import { describe, expect, test } from 'vitest';
import { asStored } from '../../src/expand/index.ts';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';
import { parseFixture, readFixture, renderCase, type Table } from '../support/table.ts';

const TIKV = readFixture<Table>('conformance/tikv-group.yaml');
const TIDB = readFixture<Table>('conformance/tidb-group.yaml');

const POD = 'spec.template.spec';

/** A part of a group's spec, and what is rendered of it at a place in its StatefulSet. */
const IN_THE_POD: readonly [what: string, spec: string, place: string, rendered: string][] = [
  [
    'amounts in the form that Kubernetes writes',
    'limits: {cpu: 2000m, memory: 0.5Gi, hugepages-2Mi: 2}',
    `${POD}.containers.0.resources.limits`,
    '{cpu: "2", memory: 512Mi, hugepages-2Mi: "2"}',
  ],
  [
    'amounts of no less than a thousandth',
    'requests: {cpu: 100u, memory: 1Gi}',
    `${POD}.containers.0.resources.requests`,
    '{cpu: 1m, memory: 1Gi}',
  ],
  [
    'amounts of a volume that comes and goes with the pod',
    `additionalVolumes: [{name: tmp, ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 1024Mi}}}}}}]`,
    `${POD}.volumes.3`,
    '{name: tmp, ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 1Gi}}}}}}',
  ],
  [
    'variables without an empty value',
    'env: [{name: A, value: ""}]',
    `${POD}.containers.0.env.5`,
    '{name: A}',
  ],
  [
    'references to fields with their version',
    'env: [{name: A, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]',
    `${POD}.containers.0.env.5.valueFrom.fieldRef`,
    '{fieldPath: status.podIP, apiVersion: v1}',
  ],
  [
    'references to resources with their divisor',
    'env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}]',
    `${POD}.containers.0.env.5.valueFrom.resourceFieldRef`,
    '{resource: limits.cpu, divisor: "0"}',
  ],
  [
    'ports with their protocol, and containers with their resources',
    'additionalContainers: [{name: a, image: a:1, ports: [{containerPort: 1}, {containerPort: 1, protocol: UDP}]}]',
    `${POD}.containers.1`,
    '{name: a, image: a:1, ports: [{containerPort: 1, protocol: TCP}, {containerPort: 1, protocol: UDP}], resources: {}}',
  ],
  [
    'nothing that Kubernetes drops',
    `initContainers:
- name: a
  image: a:1
  command: []
  workingDir: ""
  stdin: false
  env: null
  livenessProbe: {httpGet: {path: /, port: 80}, initialDelaySeconds: 0}
  volumeMounts: [{name: tikv, mountPath: /d, readOnly: false, subPath: ""}]`,
    `${POD}.initContainers.0`,
    `{name: a, image: a:1, livenessProbe: {httpGet: {path: /, port: 80}},
     volumeMounts: [{name: tikv, mountPath: /d}], resources: {}}`,
  ],
  [
    'what Kubernetes tells from "not written"',
    'securityContext: {runAsUser: 0, runAsNonRoot: false, capabilities: {}, readOnlyRootFilesystem: false}',
    `${POD}.containers.0.securityContext`,
    '{runAsUser: 0, runAsNonRoot: false, capabilities: {}, readOnlyRootFilesystem: false}',
  ],
  [
    'volumes of which all is said by being there',
    'additionalVolumes: [{name: a, emptyDir: {medium: "", sizeLimit: 2048Mi}}, {name: b, emptyDir: {medium: ""}}]',
    `${POD}.volumes`,
    `[{name: a, emptyDir: {sizeLimit: 2Gi}}, {name: b, emptyDir: {}}]`,
  ],
  [
    'fields of a newer Kubernetes as they are',
    'tolerations: [{key: a, operator: "", newer: {empty: "", list: []}}]',
    `${POD}.tolerations`,
    '[{key: a, newer: {empty: "", list: []}}]',
  ],
  [
    'claims with their kind and mode',
    'requests: {storage: 1024Gi}',
    'spec.volumeClaimTemplates',
    `[{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: tikv},
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Ti}}, volumeMode: Filesystem}}]`,
  ],
];

describe('a group is rendered as Kubernetes stores it:', () => {
  test.each(IN_THE_POD)('%s', (_, spec, place, rendered) => {
    const found = at(setOf(TIKV, parseFixture(spec)), place.split('.'));
    const want = parseFixture<Value>(rendered);
    // Of lists, the end: what is generated comes first.
    expect(Array.isArray(found) && Array.isArray(want) ? found.slice(-want.length) : found).toEqual(want);
  });

  test('a Service without what says nothing, and its ports with their protocol', () => {
    const spec = parseFixture<MapValue>(
      'service: {type: "", loadBalancerSourceRanges: [], additionalPorts: [{name: a, port: 1, nodePort: 0}]}',
    );
    const { resources } = renderCase(TIDB, { spec });
    const service = resources.find(
      ({ kind, metadata }) => kind === 'Service' && nameOf(metadata) === 'ap-tidb',
    );
    expect(at(service ?? null, ['spec', 'ports', '1'])).toEqual({ name: 'a', port: 1, protocol: 'TCP' });
    expect(Object.keys(at(service ?? null, ['spec']) ?? {})).toEqual(['ports', 'selector']);
  });

  test('a container that is merged into a generated one takes nothing from it by an empty field', () => {
    const spec = parseFixture<MapValue>(
      'additionalContainers: [{name: tikv, command: [], image: "", ports: [], workingDir: /w}]',
    );
    const server = (changes: MapValue) => at(setOf(TIKV, changes), [...POD.split('.'), 'containers', '0']);
    expect(server(spec)).toEqual({ ...Object(server({})), workingDir: '/w' });
  });

  test('once and for all', () => {
    const all = IN_THE_POD.flatMap(([, spec]) => renderCase(TIKV, { spec: parseFixture(spec) }).resources);
    expect(all.map(asStored)).toEqual(all);
  });
});

function setOf(table: Table, spec: MapValue): Value {
  return renderCase(table, { spec }).resources.find(({ kind }) => kind === 'StatefulSet') ?? null;
}

function nameOf(metadata: Value | undefined): Value | undefined {
  return isMap(metadata) ? metadata.name : undefined;
}

function at(value: Value, [step, ...rest]: readonly string[]): Value | undefined {
  if (step === undefined) return value;
  const inner = Array.isArray(value) ? value[Number(step)] : isMap(value) ? value[step] : undefined;
  return inner === undefined ? undefined : at(inner, rest);
}
