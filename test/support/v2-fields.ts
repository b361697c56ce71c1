import { refName, refTo, type Schema } from '../../src/api/index.ts';
import { GROUP_COMPONENTS } from '../../src/components/index.ts';
import type { Path } from '../../src/problem/index.ts';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';
import { everyField } from './every-field.ts';
import { resolve, sample } from './sample.ts';

/** A value that a field of a TidbCluster or a group can have. */
export interface Setting {
  readonly kind: string;
  readonly path: Path;
  readonly value: Value;
  /** Sets it, or leaves it out. */
  apply(resource: MapValue, isSet: boolean): MapValue;
}

const METADATA = { namespace: 'tidb' };
const DATA = { requests: { storage: '10Gi' } };
const CLAIMS = { storageClaims: [{ resources: DATA }] };

/** The least that is right: a TidbCluster with all servers, and groups of it. */
export const SITE: readonly MapValue[] = [
  {
    apiVersion: 'pingcap.com/v1alpha1',
    kind: 'TidbCluster',
    metadata: { ...METADATA, name: 'basic' },
    spec: {
      version: 'v8.5.7',
      pd: { replicas: 3, ...DATA },
      tikv: { replicas: 3, ...DATA },
      tidb: { replicas: 2 },
      tiflash: { replicas: 1, ...CLAIMS },
      ticdc: { replicas: 1 },
      tiproxy: { replicas: 1, version: 'v1.3.2' },
    },
  },
  ...GROUP_COMPONENTS.map(({ name, group: { kind } }) => ({
    apiVersion: 'pingcap.com/v1alpha1',
    kind,
    metadata: { ...METADATA, name: `more-${name}` },
    spec: { cluster: { name: 'basic' }, replicas: 1, ...(kind === 'TiFlashGroup' ? CLAIMS : DATA) },
  })),
];

/** The values of every field below the specs, some for each; those in types of Kubernetes only where they begin. */
export function settings(): Setting[] {
  const kinds = ['TidbCluster' as const, ...GROUP_COMPONENTS.map(({ group }) => group.kind)];
  return [...everyField(kinds)].flatMap(({ kind, path, schema, isKubernetes }) => {
    if (path[0] !== 'spec' || path[1] === 'cluster' || path[1] === 'clusterName' || isKubernetes) return [];
    return valuesOf(schema).map((value) => ({
      kind,
      path,
      value,
      apply: (resource: MapValue, isSet: boolean) => {
        const changed = structuredClone(resource);
        setAt(changed, { $ref: refTo(kind) }, path, isSet ? structuredClone(value) : undefined);
        return changed;
      },
    }));
  });
}

/** Sets a value, or removes it; what it is in is made if it is not there. */
function setAt(holder: MapValue, schema: Schema, [step, ...rest]: Path, value: Value | undefined): void {
  const property = resolve(schema).properties?.[String(step)] ?? {};
  const name = String(step);
  if (rest.length === 0) {
    if (value === undefined) delete holder[name];
    else holder[name] = value;
    return;
  }
  const known = holder[name];
  if (rest[0] !== 0) {
    const inner = isMap(known) ? known : sample(property);
    holder[name] = inner;
    if (isMap(inner)) setAt(inner, property, rest, value);
    return;
  }
  const items = property.items ?? {};
  const list = Array.isArray(known) && known.length > 0 ? known : [sample(items)];
  holder[name] = list;
  if (isMap(list[0])) setAt(list[0], items, rest.slice(1), value);
}

/** Of types of Kubernetes, where the least is not right, or says nothing. */
const OF_KUBERNETES: { readonly [type: string]: MapValue } = {
  Affinity: { nodeAffinity: {} },
  Container: { name: 'extra', image: 'example/extra:v1' },
  EnvFromSource: { configMapRef: { name: 'text' } },
  LocalObjectReference: { name: 'text' },
  ServicePort: { name: 'text', port: 1 },
  Toleration: { operator: 'Exists' },
};

/** Values of a type that has no fields of its own, or is of Kubernetes. */
function valuesOf(schema: Schema): Value[] {
  const rules = resolve(schema);
  const { type, enum: values, minimum = 0, items, additionalProperties } = rules;
  if (values !== undefined) return values.filter((value) => value !== '');
  if (rules['x-kubernetes'] === true)
    return [OF_KUBERNETES[schema.$ref === undefined ? '' : refName(schema.$ref)] ?? sample(schema)];
  switch (Array.isArray(type) ? type[0] : type) {
    case 'boolean':
      return [true, false];
    case 'integer':
      return [minimum + 7];
    case 'string':
      return [rules.format === 'tag' ? 'v8.1.0' : sample(schema)];
    case 'array':
      return valuesOf(items ?? {})
        .slice(0, 1)
        .map((one) => [one]);
    case 'object':
      if (refName(schema.$ref ?? '') === 'Amounts') return [{ cpu: '2', storage: '10Gi' }];
      return typeof additionalProperties === 'object'
        ? valuesOf(additionalProperties)
            .slice(0, 1)
            .map((one) => ({ cpu: one }))
        : [];
    default:
      return [];
  }
}
