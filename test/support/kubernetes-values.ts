import fc from 'fast-check';
import { type Field, fieldsOf } from '../../src/kubernetes/types.ts';
import type { MapValue, Value } from '../../src/yaml/index.ts';

/** Words that mean something to Kubernetes in some field, and some that mean nothing. */
const WORDS = [
  '',
  'a',
  'b',
  'Always',
  'ClientIP',
  'ClusterIP',
  'ExternalName',
  'LoadBalancer',
  'Local',
  'NodePort',
  'None',
  'OnDelete',
  'RollingUpdate',
  'TCP',
  'UDP',
  'pingcap/tikv',
  'pingcap/tikv:latest',
  'pingcap/tikv:v8.5.7',
  'localhost:5000/a',
  `a@sha256:${'0'.repeat(64)}`,
  `a:latest@sha256:${'0'.repeat(64)}`,
  'A',
];

/** Whether users may write a field and a server with default features stores it. */
export function isWritable(field: string): boolean {
  return !OTHERS.has(field) && !GATED.has(field);
}

/** What a server writes about a resource. */
const OTHERS = new Set([
  'ObjectMeta.creationTimestamp',
  'ObjectMeta.deletionGracePeriodSeconds',
  'ObjectMeta.deletionTimestamp',
  'ObjectMeta.generation',
  'ObjectMeta.resourceVersion',
  'ObjectMeta.selfLink',
  'ObjectMeta.uid',
]);

/** Fields that only servers with a non-default feature store, or, in claims, only some storage. */
const GATED = new Set([
  'Lifecycle.stopSignal',
  'PersistentVolumeClaimSpec.dataSource',
  'PersistentVolumeClaimSpec.dataSourceRef',
  'PodSpec.schedulingGroup',
  'RollingUpdateStatefulSetStrategy.maxUnavailable',
  'VolumeProjection.clusterTrustBundle',
  'VolumeProjection.podCertificate',
]);

const PLAIN: { readonly [type: string]: fc.Arbitrary<Value> } = {
  boolean: fc.boolean(),
  bytes: fc.constantFrom('', 'YQ=='),
  integer: fc.constantFrom(0, 1, 30),
  quantity: fc.constantFrom('0', '1', '1000m', '0.5Gi', '1Gi', '1024Mi', '100u', 2),
  string: fc.constantFrom(...WORDS),
  'string-or-integer': fc.constantFrom<Value[]>(0, 1, 'a', '50%'),
};

/** Any value of a Kubernetes type, with empty and absent parts; `depth` types deep. */
export function anyOf(type: string, depth: number): fc.Arbitrary<MapValue> {
  const fields = [...(fieldsOf(type) ?? [])].filter(
    ([name, field]) => isWritable(`${type}.${name}`) && (depth > 0 || Object.hasOwn(PLAIN, field.type)),
  );
  return fc
    .subarray(fields, { minLength: Math.min(2, fields.length), maxLength: Math.min(8, fields.length) })
    .chain((some) =>
      fc.tuple(...some.map(([, field]) => anyValue(field, field.around, depth))).map((values) => {
        const entries = some.map(([name], index): [string, Value] => [name, values[index] ?? null]);
        return Object.fromEntries(entries);
      }),
    );
}

function anyValue(field: Field, [outer, ...around]: Field['around'], depth: number): fc.Arbitrary<Value> {
  if (outer === 'list') return fc.array(anyValue(field, around, depth), { maxLength: 2 });
  if (outer === 'map')
    return fc.dictionary(fc.constantFrom('a', 'b'), anyValue(field, around, depth), { maxKeys: 2 });
  return PLAIN[field.type] ?? anyOf(field.type, depth - 1);
}
