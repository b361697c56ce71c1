import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ADDED_CLUSTERS } from '../../src/api/index.ts';
import { isMap, type MapValue, type Value } from '../../src/yaml/index.ts';

const FACTS = readFileSync(new URL('../../fixtures/facts/config-keys-2020.txt', import.meta.url), 'utf8');

/** The keys of a component's config that TiDB Operator keeps of a map, with the types of their values. */
function keysOf(component: string): [path: string[], type: string][] {
  const [, section = ''] = FACTS.split(`[${component}]\n`);
  const lines = section.split(/^\[/m)[0]?.trim().split('\n') ?? [];
  // Two of PD's maps hold tables. All others hold text.
  const simple = lines.filter((line) => !/^(?:label-property|namespace): map$/.test(line));
  return simple.map((line) => {
    const [path = '', type = ''] = line.split(': ');
    return [path.split('.'), type];
  });
}

const word = fc.constantFrom(
  'info',
  '10s',
  '1GB',
  'a b',
  'on',
  '0644',
  '1.0',
  '',
  "it's",
  '"q"',
  'é',
  '#1',
  'x: y',
  '~',
);

const VALUES: Readonly<Record<string, fc.Arbitrary<Value>>> = {
  array: fc.array(word, { maxLength: 3 }),
  bool: fc.boolean(),
  float: fc.constantFrom(1, 0.5, 25, 1e-7),
  integer: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  map: fc.dictionary(fc.constantFrom('zone', 'host', 'disk'), word, { maxKeys: 2, noNullPrototype: true }),
  string: word,
};

/** A map with some of the keys, each with a value of its type. */
function anyMapOf(component: string): fc.Arbitrary<MapValue> {
  const keys = fc.subarray(keysOf(component), { maxLength: 6 });
  return keys
    .chain((chosen) =>
      fc.tuple(...chosen.map(([path, type]) => fc.tuple(fc.constant(path), VALUES[type] ?? word))),
    )
    .map((entries) => entries.reduce<MapValue>((map, [path, value]) => placed(map, path, value), {}));
}

function placed(map: MapValue, [step = '', ...rest]: readonly string[], value: Value): MapValue {
  const inner = map[step];
  return {
    ...map,
    [step]: rest.length === 0 ? value : placed(isMap(inner ?? null) ? (inner as MapValue) : {}, rest, value),
  };
}

const TEXTS = [
  '',
  '# nothing\n',
  'a = 1\n',
  '[log]\nlevel = "warn" # why\n',
  'x = "y"',
  '[a]\n[a.b]\nc = [\n  1,\n  2,\n]\n',
];

/** A value for `config`, or nothing. */
function anyConfig(map: fc.Arbitrary<MapValue>): fc.Arbitrary<MapValue> {
  return fc.oneof(
    { weight: 4, arbitrary: map.map((config) => ({ config })) },
    { weight: 2, arbitrary: fc.constantFrom(...TEXTS).map((config) => ({ config })) },
    fc.constantFrom<MapValue>({}, { config: {} }, { config: null }),
  );
}

const free: fc.Arbitrary<MapValue> = fc.dictionary(
  fc.constantFrom('gc', 'log-file', 'security', 'storage'),
  fc.oneof(word, fc.nat(), fc.constantFrom<Value>({ a: { b: [1, 2] } }, {})),
  { maxKeys: 3, noNullPrototype: true },
);

const stores = { replicas: 3, requests: { storage: '1Gi' } };
const flash = { replicas: 1, storageClaims: [{ resources: { requests: { storage: '1Gi' } } }] };

const anySpec: fc.Arbitrary<MapValue> = fc
  .tuple(
    fc.record({
      pd: anyConfig(anyMapOf('pd')).map((config) => ({ ...stores, ...config })),
      tikv: anyConfig(anyMapOf('tikv')).map((config) => ({ ...stores, ...config })),
    }),
    fc.record(
      {
        tidb: anyConfig(anyMapOf('tidb')).map((config) => ({
          replicas: 2,
          service: { type: 'ClusterIP' },
          ...config,
        })),
        pump: anyConfig(free).map((config) => ({ ...stores, ...config })),
        pdms: anyConfig(anyMapOf('pd')).map((config) => [
          { name: 'tso', baseImage: 'pingcap/pd', replicas: 2, ...config },
        ]),
        tiflash: fc
          .tuple(anyConfig(anyMapOf('tikv')), anyConfig(fc.constant({})))
          .map(([{ config: proxy }, own]) => ({
            ...flash,
            config: { ...own, ...(proxy !== undefined && { proxy }) },
          })),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  )
  .map(([needed, more]) => ({ version: 'v8.5.7', ...needed, ...more }));

const anyGroup = fc
  .tuple(
    fc.constantFrom<['TiKVGroup', 'tikv'] | ['TiDBGroup', 'tidb']>(
      ['TiKVGroup', 'tikv'],
      ['TiDBGroup', 'tidb'],
    ),
    fc.constantFrom('ann', 'bob', 'cid'),
  )
  .chain(([[kind, component], name]) =>
    anyConfig(anyMapOf(component)).map(
      (config): MapValue =>
        resource(kind, name, {
          cluster: { name: 'basic' },
          ...(component === 'tikv' ? stores : { replicas: 2 }),
          ...config,
        }),
    ),
  );

/** A monitor that an earlier render may have added groups to; some of those groups no longer exist. */
const anyMonitor = fc
  .tuple(
    fc.shuffledSubarray(['basic', 'ann', 'bob', 'gone', 'far']),
    fc.subarray(['ann', 'bob', 'gone']),
    fc.boolean(),
  )
  .map(([watched, added, isSpaced]) => {
    const clusters = watched.map((name) => ({ name, ...(isSpaced && { clusterDomain: 'example.com' }) }));
    const annotations = added.length > 0 ? { annotations: { [ADDED_CLUSTERS]: added.join(',') } } : {};
    return resource('TidbMonitor', 'monitor', { clusters, persistent: true }, annotations);
  });

function resource(kind: string, name: string, spec: MapValue, metadata: MapValue = {}): MapValue {
  return { apiVersion: 'pingcap.com/v1alpha1', kind, metadata: { name, ...metadata }, spec };
}

/** A valid cluster with configs of all kinds, its groups, and the monitors that watch them. */
export const anyRepository: fc.Arbitrary<MapValue[]> = fc
  .tuple(
    anySpec.map((spec) => resource('TidbCluster', 'basic', spec)),
    fc.uniqueArray(anyGroup, { selector: ({ metadata }) => JSON.stringify(metadata), maxLength: 3 }),
    fc.option(anyMonitor),
  )
  .map(([cluster, groups, monitor]) => [cluster, ...groups, ...(monitor === null ? [] : [monitor])]);
