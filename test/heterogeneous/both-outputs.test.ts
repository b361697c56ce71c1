import { describe, expect, test } from 'vitest';
import type { AnyGroup, TidbCluster } from '../../src/api/index.ts';
import { byKind, type GroupComponent } from '../../src/components/index.ts';
import { canonicalQuantity } from '../../src/expand/index.ts';
import { tidbClusterOf, workloadsOf } from '../../src/heterogeneous/index.ts';
import { Problems } from '../../src/problem/index.ts';
import { checkStructure } from '../../src/validate/index.ts';
import { Float, isMap, type MapValue, type Value, valueAt } from '../../src/yaml/index.ts';
import {
  asGiven,
  asShown,
  type Case,
  expected,
  FACT_TABLES,
  isTaken,
  isUnreachable,
  mergedCase,
  originOf,
  readFixture,
  type Table,
} from '../support/table.ts';

/** What the operator was given for each fact: see "How a group becomes what the operator renders" in the README there. */
const SECTIONS = ['pd', 'pdms', 'tikv', 'tidb', 'tiflash', 'ticdc', 'tiproxy', 'pump', 'discovery'];

function heterogeneous(group: AnyGroup, cluster: TidbCluster): MapValue {
  const shared = Object.entries(plain(cluster.spec)).filter(([key]) => !SECTIONS.includes(key));
  const { cluster: _, config: __, ...server } = plain(group.spec);
  const component = byKind[group.kind].name;
  const { clusterDomain } = cluster.spec;
  return {
    ...Object.fromEntries(shared),
    cluster: {
      name: 'basic',
      namespace: cluster.metadata.namespace ?? '',
      ...(clusterDomain && { clusterDomain }),
    },
    [component]: server,
  };
}

/** Nulls are fields that are not written, and so is the empty value of a variable. */
function plain(value: object): MapValue {
  const isWritten = (key: string, inner: unknown) => inner !== null && !(key === 'value' && inner === '');
  return JSON.parse(JSON.stringify(value), (key, inner) => (isWritten(key, inner) ? inner : undefined));
}

/** The fields that are quantities to the operator, which writes them back in Kubernetes' form. */
const QUANTITIES = ['cpu', 'memory', 'storage', 'ephemeral-storage', 'nvidia.com/gpu', 'sizeLimit'];

function withQuantities(value: Value, key = ''): Value {
  if (Array.isArray(value)) return value.map((item) => withQuantities(item));
  if (isMap(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, withQuantities(inner, name)]),
    );
  }
  const isAmount = typeof value === 'string' || typeof value === 'number' || value instanceof Float;
  return QUANTITIES.includes(key) && isAmount ? canonicalQuantity(value) : value;
}

describe.each(FACT_TABLES)('%s', (name) => {
  const table = readFixture<Table>(`${name}.yaml`);
  const cases: Case[] = [{ name: 'nothing changed', changes: [] }, ...table.cases.filter(isTaken)];

  test.each(cases)(
    '$name: as a TidbCluster it is what the operator was given, and renders what that did',
    (one) => {
      const { group, cluster } = mergedCase(table, one);
      const problems = new Problems();
      const made = tidbClusterOf(
        {
          groups: [{ object: group, origin: originOf(group) }],
          cluster: { object: cluster, origin: originOf(cluster) },
        },
        problems,
      );
      const isLost = isUnreachable(group, cluster);
      expect(problems.all.map(({ code }) => code)).toEqual(isLost ? ['cluster-namespace'] : []);
      if (isLost) return;

      const { name = '', namespace = '' } = group.metadata;
      expect(made).toMatchObject({ kind: 'TidbCluster', metadata: { name, namespace } });
      const component = byKind[group.kind].name;
      const spec = plain(isMap(made.spec) ? made.spec : {});
      const server = isMap(spec[component]) ? spec[component] : {};
      const { config, ...others } = server;
      expect(withQuantities({ ...spec, [component]: others })).toEqual(
        withQuantities(heterogeneous(group, cluster)),
      );
      const { configs, group: its }: GroupComponent = byKind[group.kind];
      for (const part of configs) {
        const isThere = its.needsConfig || part.in(its.as(group.spec));
        expect(valueAt(server, ...part.path)).toEqual(isThere ? expect.any(String) : undefined);
      }
      expect(isMap(config) || configs.length === 1 || config === undefined).toBe(true);

      const object = asCluster(asGiven(made, group));
      expect(
        asShown(workloadsOf({ object, origin: originOf(object) }, byKind[group.kind], problems)),
      ).toEqual(expected(table, one).resources);
    },
  );
});

/** A resource as its kind's type, after the schema that is made from this type has been asked. */
function asCluster(made: MapValue): TidbCluster {
  const problems = new Problems();
  const origin = { id: { apiVersion: '', kind: '', name: '', namespace: '' }, locate: () => ({}) };
  checkStructure({ object: made, origin }, 'TidbCluster', problems);
  expect(problems.all).toEqual([]);
  if (isCluster(made)) return made;
  throw new Error('not a TidbCluster');
}

function isCluster(made: MapValue): made is MapValue & TidbCluster {
  return made.kind === 'TidbCluster';
}
