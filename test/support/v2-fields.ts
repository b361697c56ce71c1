import { refName, refTo, type Schema } from '../../src/api/index.ts';
import { GROUP_COMPONENTS } from '../../src/components/index.ts';
import { formatPath, type Path } from '../../src/problem/index.ts';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';
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
/** What servers request whose number an autoscaler can set. */
const SCALED = { requests: { cpu: '1', memory: '1Gi', ...DATA.requests } };
const CLAIMS = { storageClaims: [{ resources: DATA }] };

const REQUESTS: { readonly [kind: string]: MapValue } = { TiFlashGroup: CLAIMS, TiDBGroup: SCALED };

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
    spec: { cluster: { name: 'basic' }, replicas: 1, ...(REQUESTS[kind] ?? DATA) },
  })),
];

/** The values of every field below the specs, some for each; those in types of Kubernetes only where they begin. */
export function settings(): Setting[] {
  const kinds = ['TidbCluster', ...GROUP_COMPONENTS.map(({ group }) => group.kind)];
  return kinds.flatMap((kind) => {
    const root: Schema = { $ref: refTo(kind) };
    const spec = resolve(root).properties?.spec ?? {};
    return fieldsBelow(spec, ['spec']).flatMap(([path, schema]) =>
      valuesOf(schema).map((value) => ({
        kind,
        path,
        value,
        apply: (resource: MapValue, isSet: boolean) => {
          const changed = structuredClone(resource);
          setAt(changed, root, path, isSet ? structuredClone(value) : undefined);
          return changed;
        },
      })),
    );
  });
}

/** The fields of a type and of those in it, at each place where they can stand, but for references to clusters. */
function fieldsBelow(schema: Schema, path: Path): [path: Path, schema: Schema][] {
  return Object.entries(resolve(schema).properties ?? {}).flatMap(([name, property]): [Path, Schema][] => {
    const at = [...path, name];
    if (path.length === 1 && ['cluster', 'clusterName'].includes(name)) return [];
    const inner = property.items ?? property;
    const isOwn = inner.$ref !== undefined && resolve(inner)['x-kubernetes'] !== true;
    const below = isOwn ? fieldsBelow(inner, property.items === undefined ? at : [...at, 0]) : [];
    return [[at, property], ...below];
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
    const inner = isMap(known) ? known : least(property);
    holder[name] = inner;
    if (isMap(inner)) setAt(inner, property, rest, value);
    return;
  }
  const items = property.items ?? {};
  const list = Array.isArray(known) && known.length > 0 ? known : [least(items)];
  holder[name] = list;
  if (isMap(list[0])) setAt(list[0], items, rest.slice(1), value);
}

/** Of types of our own, whose least is not right, or goes with few values of their fields. */
const OF_OURS: { readonly [type: string]: MapValue } = {
  AddressRange: { cidr: '0.0.0.0/0' },
  AutoscaleSpec: { min: 1, max: 9, cpu: 80 },
};

function least(schema: Schema): Value {
  const known = OF_OURS[schema.$ref === undefined ? '' : refName(schema.$ref)];
  return known === undefined ? sample(schema) : structuredClone(known);
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

/** What v2 does anyway: nothing is said of it, and nothing is written. */
const SAYS_NOTHING = new RegExp(
  `^spec\\.(?:\\w+\\.)?(?:${[
    'configUpdateStrategy="InPlace"',
    'maxFailoverCount=0',
    'enableNamedStatusPort=true',
    'separateSlowLog=true',
    'service\\.type="ClusterIP"',
    'readinessProbe\\.type="tcp"',
    '(?:acrossK8s|enablePVCReplace|enablePVReclaim|preferIPv6|recoveryMode|mountClusterClientSecret)=false',
    '(?:recoverFailover|separateRaftLog|separateRocksDBLog|binlogEnabled|tokenBasedAuthEnabled)=false',
    '(?:tlsClient\\.disableClientAuthn|tlsClient\\.skipInternalClientCA)=false',
    '(?:exclusive|groupLabel)=false',
    '(?:suspendAction\\.suspendStatefulSet|tlsCluster\\.enableDiscoveryMTLS)=false',
  ].join('|')})$`,
);

/** Whether nothing comes of it, and nothing needs to. */
export function isSilent(setting: Setting): boolean {
  return SAYS_NOTHING.test(titleOf(setting).replace(/^\w+ /, ''));
}

/** `TiDBGroup spec.replicas=7`. */
export function titleOf({ kind, path, value }: Setting): string {
  return `${kind} ${formatPath(path)}=${JSON.stringify(value)}`;
}
