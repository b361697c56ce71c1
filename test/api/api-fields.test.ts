import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { definitions, isPlace, refName, type Schema } from '../../src/api/index.ts';

const facts = readFileSync(new URL('../../fixtures/facts/tidbcluster-fields.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

/** Where the types say more than the operator's API does: values that would only be refused later, or ignored. */
const STRICTER: { readonly [field: string]: string } = {
  configUpdateStrategy: 'InPlace | RollingUpdate',
  dnsPolicy: 'ClusterFirst | ClusterFirstWithHostNet | Default | None',
  externalTrafficPolicy: 'Cluster | Local',
  imagePullPolicy: 'Always | IfNotPresent | Never',
  nodeAffinityPolicy: 'Honor | Ignore',
  podManagementPolicy: 'OrderedReady | Parallel',
  pvReclaimPolicy: 'Retain | Delete | Recycle',
  statefulSetUpdateStrategy: 'OnDelete | RollingUpdate',
  'service.type': 'ClusterIP | NodePort | LoadBalancer',
  loadBalancerClass: 'qualified-name',
  maxSkew: '0..undefined',
  minDomains: '1..undefined',
  mysqlNodePort: '0..65535',
  statusNodePort: '0..65535',
  image: 'image',
  baseImage: 'image-name',
  version: 'tag',
  clusterDomain: 'dns-name',
  'cluster.name': 'dns-name',
  namespace: 'dns-label',
  priorityClassName: 'dns-name',
  serviceAccount: 'dns-name',
  storageClassName: 'dns-name',
  volumeAttributesClassName: 'dns-name',
  bootstrapSQLConfigMapName: 'dns-name',
  tlsClientSecretName: 'dns-name',
  tlsClientSecretNames: 'dns-name',
  'storageVolumes[].name': 'dns-label',
  raftLogVolumeName: 'dns-label',
  rocksDBLogVolumeName: 'dns-label',
  slowLogVolumeName: 'dns-label',
  portName: 'dns-label',
  loadBalancerIP: 'ip',
  clusterIP: 'cluster-ip',
  loadBalancerSourceRanges: 'cidr',
  storageSize: 'quantity',
  storeLabels: 'label-key',
  topologyKey: 'label-key',
  evictLeaderTimeout: 'duration',
  waitLeaderTransferBackTimeout: 'duration',
  gracefulShutdownTimeout: 'duration',
};

const usedStricter = new Set<string>();

test('the types have every field of the operator, with its type and constraints, and no other', () => {
  const fields = describeFields('spec', { $ref: '#/definitions/TidbClusterSpec' }).sort();
  expect(fields).toEqual([...facts].sort());
  expect([...usedStricter].sort()).toEqual(Object.keys(STRICTER).sort());
});

test.each([
  ['TiKVGroupSpec', 'TiKVSpec'],
  ['TiDBGroupSpec', 'TiDBSpec'],
])(
  '%s has the fields of %s, the cluster, where its servers are, and what is beside them',
  (group, component) => {
    const groupFields = definitions()[group]?.properties ?? {};
    const { autoscale, cluster, clusterName, networkPolicy, ...others } = groupFields;
    const rest = Object.fromEntries(Object.entries(others).filter(([field]) => !isPlace(field)));
    expect(rest).toEqual(definitions()[component]?.properties);
    expect(definitions()[group]?.required).toEqual(definitions()[component]?.required);
    expect(definitions()[refName(cluster?.$ref ?? '')]?.required).toEqual(['name']);
    expect(clusterName?.type).toBe('string');
    expect(autoscale !== undefined).toBe(group === 'TiDBGroupSpec');
    expect(refName(networkPolicy?.$ref ?? '')).toBe('NetworkPolicySpec');
  },
);

/** The lines of the facts file that a schema would have, the schema's own left out. */
function describeFields(path: string, schema: Schema): string[] {
  const { properties = {}, required = [] } = resolve(schema);
  return Object.entries(properties).flatMap(([name, property]) => {
    const field = `${path}.${name}`;
    const needed = required.includes(name) ? ' required' : '';
    return [`${field}: ${describeType(field, property, needed)}`, ...describeInside(field, property)];
  });
}

function describeInside(field: string, property: Schema): string[] {
  if (property.items !== undefined) return describeInside(`${field}[]`, property.items);
  const target = resolve(property);
  return target['x-kubernetes'] || property.$ref === undefined ? [] : describeFields(field, property);
}

function describeType(field: string, property: Schema, required: string): string {
  const kubernetes = nameInKubernetes(property) ?? nameInKubernetes(property.items);
  if (kubernetes !== undefined) return `k8s ${property.items ? '[]' : ''}${kubernetes}${required}`;
  if (property.items?.$ref !== undefined) return `array${required}`;
  if (property.items !== undefined) return `[]${describeScalar(field, property.items, '')}`;
  return describeScalar(field, property, required);
}

function nameInKubernetes(schema: Schema | undefined): string | undefined {
  const name = schema?.$ref === undefined ? '' : refName(schema.$ref);
  if (name === 'Amounts') return 'ResourceList (quantities)';
  return definitions()[name]?.['x-kubernetes'] ? name : undefined;
}

function describeScalar(field: string, property: Schema, required: string): string {
  if (['#/definitions/Labels', '#/definitions/Annotations'].includes(property.$ref ?? ''))
    return 'map[string]string';
  if (property.$ref !== undefined) return `object${required}`;
  if (Array.isArray(property.type)) return 'any open';
  const rest = withoutStricter(field, property);
  const values = rest.enum?.map((value) => `'${value}'`).join(', ');
  return [
    rest.type,
    required.trim(),
    rest.default === undefined ? '' : `default=${rest.default}`,
    rest.minimum === undefined ? '' : `minimum=${rest.minimum}`,
    rest.maximum === undefined ? '' : `maximum=${rest.maximum}`,
    values === undefined ? '' : `enum=[${values}]`,
    rest.format === undefined ? '' : `format=${rest.format}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** Takes away the rules that the table above has, and no other. */
function withoutStricter(field: string, property: Schema): Schema {
  const name = Object.keys(STRICTER).find((key) => `.${field}`.endsWith(`.${key}`));
  if (name === undefined) return property;
  const { enum: values, minimum, maximum, format, ...rest } = property;
  const range = minimum === undefined && maximum === undefined ? undefined : `${minimum}..${maximum}`;
  const rule = values?.filter((value) => value !== '').join(' | ') ?? range ?? format;
  if (rule !== STRICTER[name]) return property;
  usedStricter.add(name);
  return format === undefined || rule === format ? rest : { ...rest, format };
}

function resolve(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (definitions()[refName(schema.$ref)] ?? {});
}
