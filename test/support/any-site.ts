import fc from 'fast-check';
import type { GroupKind } from '../../src/api/index.ts';
import { Item } from '../../src/list/index.ts';
import type { Snapshot } from '../../src/plan/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { DEFAULT_SETTINGS, snapshotOf } from '../../src/render/index.ts';
import type { MapValue, Value } from '../../src/yaml/index.ts';

type Fields = { readonly [name: string]: fc.Arbitrary<Value> };

/** Some of the fields. */
export const some = (fields: Fields): fc.Arbitrary<MapValue> =>
  fc.subarray(Object.keys(fields)).chain((names) => all(fields, names));

/** All of them. */
export const all = (fields: Fields, names: readonly string[] = Object.keys(fields)): fc.Arbitrary<MapValue> =>
  fc
    .tuple(...names.map((name) => fields[name] ?? fc.constant(null)))
    .map((values) => Object.fromEntries(names.map((name, index) => [name, values[index] ?? null])));

/** What the cluster itself has, its own stores, and its groups by their kind. */
interface Specs {
  readonly cluster: fc.Arbitrary<MapValue>;
  readonly base: fc.Arbitrary<MapValue>;
  readonly groups: { readonly [kind in GroupKind]?: fc.Arbitrary<MapValue> };
}

/** The groups that a site may have, with the fewest fields that each needs. */
const GROUPS: readonly { readonly kind: GroupKind; readonly name: string; readonly least: MapValue }[] = [
  { kind: 'TiKVGroup', name: 'hot', least: { replicas: 3, requests: { storage: '100Gi' } } },
  { kind: 'TiKVGroup', name: 'cold', least: { replicas: 3, requests: { storage: '100Gi' } } },
  { kind: 'TiDBGroup', name: 'web', least: { replicas: 2 } },
  { kind: 'PDGroup', name: 'west', least: { replicas: 2, requests: { storage: '10Gi' } } },
  { kind: 'TiProxyGroup', name: 'entry', least: { replicas: 2, version: 'v1.3.2' } },
  {
    kind: 'TiFlashGroup',
    name: 'columns',
    least: { replicas: 2, storageClaims: [{ resources: { requests: { storage: '100Gi' } } }] },
  },
  { kind: 'TiCDCGroup', name: 'feeds', least: { replicas: 2 } },
];

/** A cluster, its stores, and its groups, of which any may be missing. */
export function anySite({ cluster, base, groups }: Specs): fc.Arbitrary<MapValue[]> {
  const some = GROUPS.flatMap(({ kind, name, least }) => {
    const written = groups[kind];
    if (written === undefined) return [];
    const resourceOf = (spec: MapValue) => [resource(kind, name, { ...JOINS, ...least, ...spec })];
    return [fc.oneof(fc.constant([]), written.map(resourceOf))];
  });
  return fc.tuple(cluster, base, fc.tuple(...some)).map(([fields, stores, its]) => [
    resource('TidbCluster', 'basic', {
      version: 'v8.5.7',
      ...fields,
      pd: { replicas: 3, requests: { storage: '10Gi' } },
      tikv: { replicas: 3, requests: { storage: '100Gi' }, ...stores },
    }),
    ...its.flat(),
  ]);
}

const JOINS: MapValue = { cluster: { name: 'basic' } };

function resource(kind: string, name: string, written: MapValue): MapValue {
  return { apiVersion: 'pingcap.com/v1alpha1', kind, metadata: { name, namespace: 'db' }, spec: written };
}

/** The rendered site; undefined if it has errors. */
export async function snapshotOfSite(
  objects: readonly MapValue[],
  output: 'Workloads' | 'TidbCluster' = 'Workloads',
): Promise<Snapshot | undefined> {
  const problems = new Problems();
  const taken = await snapshotOf(
    objects.map((object) => Item.of(object)),
    problems,
    { ...DEFAULT_SETTINGS, output },
  );
  return problems.errorCount === 0 ? taken : undefined;
}
