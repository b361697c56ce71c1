import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { healthOf } from '../support/engine-judges.ts';
import { ARGO_CD_JUDGE, describeWith } from '../support/tools.ts';

const PATCH = parse(readFileSync(new URL('../../docs/argocd-health.yaml', import.meta.url), 'utf8'));
const CHECK: string = PATCH.data['resource.customizations.health.pingcap.com_TidbCluster'];

const ready = (status: string, reason = 'Ready', message = 'it says') => ({
  conditions: [{ type: 'Ready', status, reason, message }],
});
const up = { phase: 'Normal', image: 'pingcap/tikv:v8.5.7', statefulSet: { replicas: 3 } };
const spec = { version: 'v8.5.7', pd: { replicas: 3 }, tikv: { replicas: 3 } };

/** A TidbCluster as TiDB Operator v1.6 leaves it, and what Argo CD makes of it. */
const CASES = [
  {
    name: 'no status: nobody has looked at it',
    cluster: { spec },
    status: 'Progressing',
    says: 'not said anything',
  },
  { name: 'a status without conditions', cluster: { spec, status: { tikv: up } }, status: 'Progressing' },
  {
    name: 'ready',
    cluster: { spec, status: { ...ready('True'), tikv: up } },
    status: 'Healthy',
    says: 'it says',
  },
  {
    name: 'not ready',
    cluster: { spec, status: { ...ready('False', 'TiKVStoreNotUp', 'TiKV store(s) are not up'), tikv: up } },
    status: 'Progressing',
    says: 'TiKV store(s) are not up',
  },
  {
    name: 'not ready since a store has failed',
    cluster: {
      spec,
      status: {
        ...ready('False', 'TiKVStoreNotUp'),
        tikv: { ...up, failureStores: { 1: { podName: 'a' } } },
      },
    },
    status: 'Degraded',
    says: 'tikv has failed',
  },
  {
    name: 'ready again, after another store took over from one that failed',
    cluster: { spec, status: { ...ready('True'), tikv: { ...up, failureStores: { 1: { podName: 'a' } } } } },
    status: 'Healthy',
  },
  {
    name: 'no store has failed where the list of failures is empty',
    cluster: { spec, status: { ...ready('False'), pd: { ...up, failureMembers: {} } } },
    status: 'Progressing',
  },
  {
    name: 'in the middle of an upgrade',
    cluster: { spec, status: { ...ready('True'), pd: { ...up, phase: 'Upgrade' } } },
    status: 'Progressing',
    says: 'pd: Upgrade',
  },
  {
    name: 'a new version that the operator has not rolled out yet, though the condition is still true',
    cluster: { spec: { ...spec, version: 'v8.5.8' }, status: { ...ready('True'), tikv: up } },
    status: 'Progressing',
    says: 'to be on v8.5.8',
  },
  {
    name: 'a version of the component alone',
    cluster: {
      spec: { ...spec, tikv: { replicas: 3, version: 'v8.5.7-x' } },
      status: { ...ready('True'), tikv: up },
    },
    status: 'Progressing',
  },
  {
    name: 'more pods that are not there yet, though the condition is still true',
    cluster: { spec: { ...spec, tikv: { replicas: 5 } }, status: { ...ready('True'), tikv: up } },
    status: 'Progressing',
    says: '3 of 5',
  },
  {
    name: 'what is left of a component that is not wanted any more counts for nothing',
    cluster: { spec, status: { ...ready('True'), tiflash: { phase: 'Upgrade' } } },
    status: 'Healthy',
  },
  {
    name: 'paused',
    cluster: { spec: { ...spec, paused: true }, status: ready('True') },
    status: 'Suspended',
  },
  {
    name: 'suspended',
    cluster: { spec, status: { ...ready('False'), tikv: { phase: 'Suspend' } } },
    status: 'Suspended',
    says: 'tikv is suspended',
  },
];

test('the patch is of the ConfigMap that Argo CD reads', () => {
  expect(PATCH).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-cm' } });
  // With `useOpenLibs` beside it the script would be trusted with files and programs.
  expect(Object.keys(PATCH.data)).toEqual(['resource.customizations.health.pingcap.com_TidbCluster']);
});

const KIND = { apiVersion: 'pingcap.com/v1alpha1', kind: 'TidbCluster', metadata: { name: 'basic' } };
const COMPONENTS = ['pd', 'tiflash', 'tikv', 'pump', 'tidb', 'ticdc', 'tiproxy'] as const;

/** Images in which a version ends, and some in which it does not. */
const image = fc
  .tuple(
    fc.constantFrom('pingcap/tikv', 'harbor.example:5000/a/b_c-d/tikv', 'tikv', 'TiKV', 'x'.repeat(200), ''),
    fc.constantFrom(':v8.5.7', ':v8.5.70', ':v8.5.1', ':8.5.7', 'v8.5.7', '@sha256:0a1b', ':v8.5.7-z', ''),
  )
  .map(([name, tag]) => `${name}${tag}`);
const orNone = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const component = fc.record({
  wanted: orNone(
    fc.record({
      replicas: orNone(fc.nat(3)),
      version: fc.constantFrom(undefined, null, '', 'v8.5.7', 'v8.5.1'),
    }),
  ),
  found: fc.constantFrom(undefined, null, 'some').chain((there) =>
    there !== 'some'
      ? fc.constant(there)
      : fc.record({
          phase: fc.constantFrom(undefined, 'Normal', 'Normal', 'Normal', 'Upgrade', 'Scale', 'Suspend'),
          image: orNone(image),
          statefulSet: fc.constantFrom(undefined, null, {}, { replicas: 3 }, { replicas: 1 }),
          failureStores: fc.constantFrom(undefined, null, {}, { 1: { podName: 'a' } }),
        }),
  ),
});
const conditions = fc.constantFrom(
  undefined,
  null,
  [],
  [{ type: 'Ready', status: 'True' }],
  [{ type: 'Ready', status: 'False', reason: 'TiKVStoreNotUp', message: 'no' }],
  [
    { type: 'Other', status: 'False' },
    { type: 'Ready', status: 'True', message: 'all is up' },
  ],
);
const state = fc.record({
  version: fc.constantFrom(undefined, '', 'v8.5.7'),
  paused: fc.constantFrom(undefined, false, false, false, true),
  parts: fc.tuple(...COMPONENTS.map(() => component)),
  conditions,
  noStatus: fc.constantFrom(false, false, false, true),
});
type State = typeof state extends fc.Arbitrary<infer T> ? T : never;

function clusterIn({ version, paused, parts, conditions: said, noStatus }: State) {
  const of = (key: 'wanted' | 'found') =>
    Object.fromEntries(COMPONENTS.map((name, index) => [name, parts[index]?.[key]]));
  const there = { ...of('found'), conditions: said };
  return { ...KIND, spec: { version, paused, ...of('wanted') }, ...(!noStatus && { status: there }) };
}

/** Whether a component is what is wanted: not on its way, on its version, and with all its pods. */
function isSettled({ wanted, found }: State['parts'][number], version = ''): boolean {
  if (!wanted || !found) return true;
  const to = wanted.version ?? version;
  const pods = found.statefulSet?.replicas ?? Number.POSITIVE_INFINITY;
  return (
    (found.phase ?? 'Normal') === 'Normal' &&
    (to === '' || !found.image || found.image.endsWith(`:${to}`)) &&
    pods >= (wanted.replicas ?? 0)
  );
}

describeWith([ARGO_CD_JUDGE], 'the health of a TidbCluster', () => {
  test('is as operators see it', () => {
    const found = healthOf(
      CHECK,
      CASES.map(({ cluster }) => ({ ...KIND, ...cluster })),
    );
    expect(found.map(({ status, error }, index) => ({ name: CASES[index]?.name, status, error }))).toEqual(
      CASES.map(({ name, status }) => ({ name, status })),
    );
    for (const [index, { says = '' }] of CASES.entries()) expect(found[index]?.message).toContain(says);
  });

  test('is never an error, and good exactly where the operator says so of all that is wanted', () => {
    const states = fc.sample(state, 400);
    const found = healthOf(CHECK, states.map(clusterIn));
    for (const [index, one] of states.entries()) {
      const { status, error } = found[index] ?? {};
      expect({ one, error }).toEqual({ one });
      const isReady =
        !one.noStatus && one.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');
      const isGood =
        isReady === true && !one.paused && one.parts.every((part) => isSettled(part, one.version));
      expect({ one, isHealthy: status === 'Healthy' }).toEqual({ one, isHealthy: isGood });
    }
    const statuses = new Set(found.map(({ status }) => status));
    expect([...statuses].sort()).toEqual(['Degraded', 'Healthy', 'Progressing', 'Suspended']);
  });
});
