import fc from 'fast-check';
import type { Kind, Schema } from '../../src/api/index.ts';
import type { Path } from '../../src/problem/index.ts';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';
import { everyWorkloadField } from './every-field.ts';
import { resolve, sample, sampleAt } from './sample.ts';

/** A group that is valid, except perhaps for one field. */
export interface PodCase {
  readonly title: string;
  /** For a container: whether it runs beside the server, is merged into it, or runs before it. */
  readonly role: string;
  readonly kind: GroupKind;
  readonly path: Path;
  readonly group: MapValue;
}

export type GroupKind = Extract<Kind, 'TiKVGroup' | 'TiDBGroup'>;

/** Texts that some rule of Kubernetes accepts and another refuses. */
const TEXTS = [
  ...[
    '',
    'text',
    'Text',
    'a_b',
    'a.b',
    '.',
    '..',
    '../a',
    '/a',
    'a/../b',
    '..a',
    'a/b',
    'a:b',
    ' a ',
    'a b',
    '1',
    '-a',
  ],
  ...[
    'a'.repeat(16),
    'a'.repeat(64),
    'a'.repeat(254),
    'é',
    'a=b',
    'a--b',
    'a\\b',
    'a@b/c',
    '_a.b.',
    'example.com/a/b',
  ],
  ...[
    'metadata.name',
    "metadata.labels['a']",
    "metadata.labels['a b']",
    'spec.nodeName',
    'spec.restartPolicy',
  ],
  ...[
    'limits.cpu',
    'limits.hugepages-2Mi',
    '::1',
    'https://x',
    '/subscriptions/x',
    'host:1',
    'kubernetes.io/a',
  ],
  ...['iqn.2001-04.com.example:storage.disk1', 'net.core.somaxconn', 'kernel.sem', 'SIGTERM', 'v1', 'None'],
];
/** Values for texts without a rule, and for containers after the first one. */
const FEW_TEXTS = ['', 'text', 'Text', '../a', '/a', 'a b', 'a'.repeat(254), 'limits.cpu'];
const NUMBERS = [-1, 0, 1, 2, 30, 31, 255, 256, 511, 512, 600, 65535, 65536, 2147483647, 2147483648];
const AMOUNTS = ['1', '500m', '-1', '0', '4Mi', 2];
const RESOURCES = [
  'cpu',
  'memory',
  'storage',
  'hugepages-2Mi',
  'hugepages-x',
  'example.com/gpu',
  'gpu',
  'requests.a/b',
];

/** Values for a field: valid ones, invalid ones, and edge cases. */
export function valuesOf(schema: Schema, all = true): Value[] {
  const { type, format, enum: values, items, properties, additionalProperties } = resolve(schema);
  if (values !== undefined) return [...values, '', 'Nope', ...values.map((value) => value.toLowerCase())];
  if (format === 'quantity') return AMOUNTS;
  if (Array.isArray(type)) return [80, 0, 65536, 'http', 'HTTP', '80', ''];
  if (type === 'string') return all ? TEXTS : FEW_TEXTS;
  if (type === 'integer') return NUMBERS;
  if (type === 'boolean') return [true, false];
  if (type === 'array') {
    const one = sample(items ?? {});
    const some = isMap(one) ? [one] : valuesOf(items ?? {}, all);
    return [
      [],
      ...some.map((value) => [value]),
      [one, one],
      Array<Value>(4).fill(one),
      Array<Value>(33).fill(one),
    ];
  }
  if (properties !== undefined) return [sample(schema), {}];
  if (typeof additionalProperties === 'object' && resolve(additionalProperties).format === 'quantity') {
    return RESOURCES.flatMap((name) => ['2', '500m', '3Mi'].map((amount) => ({ [name]: amount })));
  }
  return [{}, { a: '1' }, { 'kubernetes.io/x': '1' }, { 'a b': 'c' }, { a: 'b c' }];
}

/** Fields that do not affect a pod: TiDB Operator reads them, or they name the group's cluster. */
const NOT_OF_PODS =
  /^(?:cluster|clusterName|zones|trafficDistribution|exclusive|groupLabel|config|replicas|failover|scalePolicy|suspendAction|initializer)$/;

/** Every field of groups that pods, claims and Services are made from, with every value; containers in each role. */
export function* podCases(): Generator<PodCase> {
  for (const { kind, path, schema } of everyWorkloadField(['TiKVGroup', 'TiDBGroup'])) {
    const [first, second] = path;
    if (!isGroupKind(kind) || first !== 'spec' || NOT_OF_PODS.test(String(second))) continue;
    for (const [role, at] of rolesOf(path)) {
      for (const value of valuesOf(schema, isRuled(schema, path) && (role === '' || role === 'added'))) {
        const group = sampleAt(kind, at, (holder, name) => {
          holder[name] = structuredClone(value);
        });
        complete(group, kind, at, role === 'merged' && at.at(-1) !== 'name');
        yield { title: `${role} ${JSON.stringify(value).slice(0, 80)}`, role, kind, path: at, group };
      }
    }
  }
}

/** Texts that Kubernetes restricts, although their type does not. */
const RULED =
  /fieldPath|resource|runAsUserName|diskURI|[pP]rofile|dataset|tenant|apiGroup|loadBalancerClass|value$/;

function isRuled(schema: Schema, path: Path): boolean {
  const { type, format, items } = resolve(schema);
  return type !== 'string' && (items === undefined || items.format !== undefined)
    ? true
    : format !== undefined || RULED.test(String(path.at(-1)));
}

function isGroupKind(kind: Kind): kind is GroupKind {
  return kind === 'TiKVGroup' || kind === 'TiDBGroup';
}

function rolesOf(path: Path): [string, Path][] {
  if (path[1] !== 'additionalContainers') return [['', path]];
  return [
    ['added', path],
    ['merged', path],
    ['init', ['spec', 'initContainers', ...path.slice(2)]],
  ];
}

const PROBE: MapValue = { tcpSocket: { port: 80 } };
const FIELD: MapValue = { fieldPath: 'metadata.name' };
const AMOUNT: MapValue = { resource: 'limits.cpu', containerName: 'text' };
const SECRET: MapValue = { name: 'text' };
const CLAIM: MapValue = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };

/** What Kubernetes requires beyond the type, by the name of the field that holds it. */
const BESIDE: { readonly [field: string]: MapValue } = {
  additionalPorts: { name: 'text', port: 81 },
  azureDisk: { diskURI: 'https://text' },
  downwardAPI: { items: [{ path: 'text', fieldRef: FIELD }] },
  'downwardAPI.items': { fieldRef: FIELD },
  envFrom: { configMapRef: { name: 'text' } },
  ephemeral: { volumeClaimTemplate: { spec: CLAIM } },
  exitCodes: { operator: 'In', values: [1] },
  fc: { wwids: ['text'] },
  fieldRef: FIELD,
  flocker: { datasetName: 'text' },
  livenessProbe: PROBE,
  nodePublishSecretRef: SECRET,
  readinessProbe: PROBE,
  resourceFieldRef: AMOUNT,
  secretRef: SECRET,
  service: { type: 'LoadBalancer' },
  'spec.readinessProbe': {},
  startupProbe: PROBE,
  matchExpressions: { operator: 'In', values: ['text'] },
  tolerations: { key: 'text', effect: 'NoExecute' },
  volumeClaimTemplate: { spec: CLAIM },
  'volumeClaimTemplate.spec': CLAIM,
};

/** Adds these beside the changed field, unless the change is about them. */
function addBeside(group: MapValue, path: Path): void {
  let holder: Value = group;
  for (const [index, step] of path.entries()) {
    const names = path.slice(0, index + 1).filter((one) => typeof one === 'string');
    const next: Value =
      (Array.isArray(holder) ? holder[Number(step)] : isMap(holder) ? holder[step] : null) ?? null;
    if (isMap(next)) {
      const beside = Object.entries(BESIDE[names.slice(-2).join('.')] ?? BESIDE[names.at(-1) ?? ''] ?? {});
      const changed = path[index + 1];
      for (const [key, value] of isHandler(String(changed)) ? [] : beside) {
        if (key !== changed) next[key] = structuredClone(value);
      }
    }
    holder = next;
  }
}

/** Only one of these may be set. */
function isHandler(name: string): boolean {
  return /^(?:exec|grpc|httpGet|tcpSocket|configMapRef|secretRef|targetWWNs|datasetUUID)$/.test(name);
}

/** Adds required fields, so that only the change can be wrong. */
export function complete(group: MapValue, kind: GroupKind, path: Path, merge = false): void {
  addBeside(group, path);
  const spec = mapIn(group, 'spec');
  group.metadata = { name: 'web', namespace: 'tidb' };
  spec.cluster = { name: 'basic' };
  spec.replicas ??= 1;
  if (kind === 'TiKVGroup') spec.requests = { storage: '1Gi', ...mapIn(spec, 'requests') };
  const containers = [...mapsIn(spec, 'additionalContainers'), ...mapsIn(spec, 'initContainers')];
  for (const container of containers) {
    if (!Object.hasOwn(container, 'image')) container.image = 'example/image:v1';
  }
  // Only init containers that run beside the others may have these.
  for (const container of mapsIn(spec, 'initContainers')) {
    if (path.some((step) => /Probe$|^lifecycle$/.test(String(step)))) container.restartPolicy ??= 'Always';
  }
  if (path.includes('restartPolicyRules'))
    for (const container of containers) container.restartPolicy ??= 'OnFailure';
  const [first] = mapsIn(spec, 'additionalContainers');
  if (merge && first !== undefined) first.name = kind === 'TiKVGroup' ? 'tikv' : 'tidb';
  const devices = containers.some((container) => mapsIn(container, 'volumeDevices').length > 0);
  const mounts = [spec, ...containers].some(
    (one) => mapsIn(one, 'volumeMounts').length + mapsIn(one, 'additionalVolumeMounts').length > 0,
  );
  const volumes = mapsIn(spec, 'additionalVolumes');
  if (!(devices || mounts) || volumes.some(({ name }) => name === 'text')) return;
  const source: MapValue = devices ? { persistentVolumeClaim: { claimName: 'data' } } : { emptyDir: {} };
  spec.additionalVolumes = [...volumes, { name: 'text', ...source }];
}

function mapIn(map: MapValue, key: string): MapValue {
  const value = map[key] ?? null;
  return isMap(value) ? value : {};
}

function mapsIn(map: MapValue, key: string): MapValue[] {
  const value = map[key];
  return Array.isArray(value) ? value.filter(isMap) : [];
}

/** Pod fields, of which random groups have some. */
const OF_PODS = [
  ...[
    'additionalContainers',
    'additionalVolumeMounts',
    'additionalVolumes',
    'affinity',
    'annotations',
    'dnsConfig',
  ],
  ...['dnsPolicy', 'env', 'envFrom', 'hostNetwork', 'initContainers', 'labels', 'lifecycle', 'limits'],
  ...[
    'podSecurityContext',
    'requests',
    'securityContext',
    'service',
    'terminationGracePeriodSeconds',
    'tolerations',
  ],
  ...['topologySpreadConstraints', 'customizedStartupProbe', 'storageVolumes', 'slowLogTailer'],
];

/** Groups with some pod fields, most of them valid. */
export function anyGroup(): fc.Arbitrary<MapValue> {
  return fc.constantFrom<GroupKind>('TiKVGroup', 'TiDBGroup').chain((kind) => {
    const spec = resolve({ $ref: `#/definitions/${kind}Spec` });
    const names = OF_PODS.filter((name) => Object.hasOwn(spec.properties ?? {}, name));
    return fc
      .subarray(names, { minLength: 1, maxLength: 5 })
      .chain((some) =>
        fc.tuple(
          ...some.map((name) =>
            anyValue(spec.properties?.[name] ?? {}, 5).map((value): [string, Value] => [name, value]),
          ),
        ),
      )
      .map((entries) => {
        const group: MapValue = {
          apiVersion: 'pingcap.com/v1alpha1',
          kind,
          spec: Object.fromEntries(entries),
        };
        complete(group, kind, []);
        return group;
      });
  });
}

function anyValue(schema: Schema, depth: number): fc.Arbitrary<Value> {
  const { type, items, properties, required = [], minProperties = 0, maxProperties = 4 } = resolve(schema);
  if (type === 'array') {
    return fc.array(anyValue(items ?? {}, depth - 1), { minLength: 1, maxLength: 3 });
  }
  if (properties === undefined)
    return fc.oneof(
      { weight: 9, arbitrary: fc.constant(sample(schema)) },
      { weight: 1, arbitrary: fc.constantFrom(...valuesOf(schema, false)) },
    );
  if (depth <= 0) return fc.constant(sample(schema));
  const optional = Object.keys(properties).filter((name) => !required.includes(name));
  const room = {
    minLength: Math.min(optional.length, Math.max(0, minProperties - required.length)),
    maxLength: Math.min(optional.length, Math.max(0, maxProperties - required.length)),
  };
  return fc
    .subarray(optional, room)
    .chain((some) =>
      fc
        .tuple(
          ...[...required, ...some].map((name) =>
            anyValue(properties[name] ?? {}, depth - 1).map((value): [string, Value] => [name, value]),
          ),
        )
        .map((entries): Value => Object.fromEntries(entries)),
    );
}
