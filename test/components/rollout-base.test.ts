import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AnyGroup, Rollout, TidbCluster } from '../../src/api/index.ts';
import type { Path } from '../../src/problem/index.ts';
import { isMap, type MapValue, sameValue, type Value } from '../../src/yaml/index.ts';
import { everyField } from '../support/every-field.ts';
import { at } from '../support/read-yaml.ts';
import { inTurn, runs } from '../support/runs.ts';
import { sample } from '../support/sample.ts';
import { merged, render } from '../support/table.ts';

const API = { apiVersion: 'pingcap.com/v1alpha1' } as const;
const requests = { storage: '1Gi' };

const CLUSTER: TidbCluster = {
  ...API,
  kind: 'TidbCluster',
  metadata: { name: 'basic', namespace: 'tidb' },
  spec: { version: 'v8.5.7', pd: { replicas: 3, requests }, tikv: { replicas: 3, requests } },
};

/** What stands in a base from the beginning. */
const BASES: MapValue[] = [
  {},
  { configUpdateStrategy: 'RollingUpdate' },
  { configUpdateStrategy: 'RollingUpdate', tlsCluster: { enabled: true } },
  { startScriptVersion: 'v2', startScriptV2FeatureFlags: ['PreferPDAddressesOverDiscovery'] },
];

/** Settings that the stop of a store depends on, and one that nothing does. */
const TOLD: MapValue[] = [
  { tikv: { config: { server: { 'graceful-shutdown-timeout': '2m' } } } },
  { tikv: { config: { server: { 'grpc-concurrency': 5 } } } },
  { tikv: { replicas: 0 } },
  { tikv: { version: 'v8.5.4' } },
  { tikv: { version: 'nightly' } },
  { version: 'v7.5.0' },
  { version: 'v9.0.0' },
  { clusterDomain: 'cluster.local' },
  { pdAddresses: ['https://pd.example.com:2379'] },
  { startScriptVersion: 'v2', startScriptV2FeatureFlags: ['PreferPDAddressesOverDiscovery'] },
  { acrossK8s: true },
  { tlsCluster: { enabled: true } },
];

/** A value at the end of a path, for `merged`; a step into a list makes a list of one. */
function nested([step, ...rest]: Path, value: Value): Value {
  if (step === undefined) return value;
  const inner = nested(rest, value);
  return step === 0 ? [inner] : { [step]: inner };
}

/** Each field of a TidbCluster, alone and with a value that is right, or missing. */
const FIELDS = [...everyField(['TidbCluster'])].flatMap(({ path, schema }) => {
  const [, ...rest] = path;
  if (path[0] !== 'spec' || rest.length === 0) return [];
  return [sample(schema), null].flatMap((value) => {
    const change = nested(rest, value);
    return isMap(change) ? [change] : [];
  });
});

function groupOf(kind: 'TiKVGroup' | 'TiDBGroup', rollout: Rollout): AnyGroup {
  const metadata = { name: 'hot', namespace: 'tidb', annotations: { 'groups.pingcap.com/rollout': rollout } };
  return { ...API, kind, metadata, spec: { cluster: { name: 'basic' }, replicas: 3, requests } };
}

/** Pods of the old sides, which many changes have. */
const KNOWN = new WeakMap<MapValue, Map<string, Value>>();

/** What restarts the pods of a group when it changes. */
function pods(kind: 'TiKVGroup' | 'TiDBGroup', rollout: Rollout, spec: MapValue): Value {
  const known = KNOWN.get(spec) ?? new Map<string, Value>();
  KNOWN.set(spec, known);
  const found = known.get(kind + rollout) ?? podsOf(kind, rollout, spec);
  known.set(kind + rollout, found);
  return found;
}

function podsOf(kind: 'TiKVGroup' | 'TiDBGroup', rollout: Rollout, spec: MapValue): Value {
  const cluster: TidbCluster = { ...CLUSTER, spec: { ...spec } };
  const set = render(groupOf(kind, rollout), cluster).resources.find((made) => made.kind === 'StatefulSet');
  return at(set, 'spec', 'template') ?? null;
}

/** Whether a change of the base leaves pods as they are that are rendered so. */
function isLeft(kind: 'TiKVGroup' | 'TiDBGroup', rollout: Rollout, old: MapValue, now: MapValue): boolean {
  return sameValue(pods(kind, rollout, old), pods(kind, rollout, now));
}

function expectNoMore(old: MapValue, now: MapValue): void {
  for (const kind of ['TiKVGroup', 'TiDBGroup'] as const) {
    if (!isLeft(kind, 'Plain', old, now)) continue;
    expect(isLeft(kind, 'Safe', old, now), `${kind}: ${JSON.stringify(now)}`).toBe(true);
  }
}

const spec: MapValue = JSON.parse(JSON.stringify(CLUSTER.spec));

it('a field of the TidbCluster restarts a Safe group only where it restarts a Plain one', () => {
  expect(FIELDS.length).toBeGreaterThan(1000);
  const olds = BASES.map((base) => merged(spec, base));
  for (const old of olds) for (const change of TOLD) expectNoMore(old, merged(old, change));
  for (const [index, change] of inTurn(FIELDS, 0, 6).entries()) {
    for (const old of inTurn(olds, index)) expectNoMore(old, merged(old, change));
  }
});

it('so do several that change at once', () => {
  const change = fc.oneof(fc.constantFrom(...TOLD), fc.constantFrom(...FIELDS));
  const changes = fc.array(change, { minLength: 1, maxLength: 4 });
  const all = (list: readonly MapValue[], from: MapValue) => list.reduce(merged, from);
  fc.assert(
    fc.property(fc.constantFrom(...BASES), changes, changes, (base, before, after) => {
      const old = all(before, merged(spec, base));
      expectNoMore(old, all(after, old));
    }),
    { numRuns: runs(4000) },
  );
});

it('what restarts both is told from what restarts neither', () => {
  const count = (rollout: Rollout) =>
    [...TOLD, ...FIELDS].filter((change) => !isLeft('TiKVGroup', rollout, spec, merged(spec, change))).length;
  expect(count('Safe')).toBe(count('Plain'));
  expect(count('Safe')).toBeGreaterThan(10);
});
