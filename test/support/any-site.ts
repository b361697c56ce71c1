import fc from 'fast-check';
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

/** What the cluster itself has, its own stores, and its groups. */
interface Specs {
  readonly cluster: fc.Arbitrary<MapValue>;
  readonly base: fc.Arbitrary<MapValue>;
  readonly tikv: fc.Arbitrary<MapValue>;
  readonly tidb: fc.Arbitrary<MapValue>;
}

/** A cluster, its stores, and up to two groups of stores and one of SQL servers, some of which may be missing. */
export function anySite({ cluster, base, tikv, tidb }: Specs): fc.Arbitrary<MapValue[]> {
  return fc
    .record({ cluster, base, hot: fc.option(tikv), cold: fc.option(tikv), web: fc.option(tidb) })
    .map(({ cluster: fields, base: stores, hot, cold, web }) => [
      resource('TidbCluster', 'basic', {
        version: 'v8.5.7',
        ...fields,
        pd: { replicas: 3, requests: { storage: '10Gi' } },
        tikv: { replicas: 3, requests: { storage: '100Gi' }, ...stores },
      }),
      ...Object.entries({ hot, cold }).flatMap(([name, group]) =>
        group === null
          ? []
          : [
              resource('TiKVGroup', name, {
                ...JOINS,
                replicas: 3,
                requests: { storage: '100Gi' },
                ...group,
              }),
            ],
      ),
      ...(web === null ? [] : [resource('TiDBGroup', 'web', { ...JOINS, replicas: 2, ...web })]),
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
