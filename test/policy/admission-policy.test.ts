import { describe, expect, it, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { DRAINED_TO } from '../../src/api/index.ts';
import { admissionPolicy } from '../../src/policy/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { askControllers, type Request, refusals } from '../support/controllers.ts';
import { readYaml } from '../support/read-yaml.ts';
import { Sandbox } from '../support/sandbox.ts';
import { CONTROLLERS } from '../support/tools.ts';

const policies = admissionPolicy();

const LABELS = { 'app.kubernetes.io/component': 'tikv', 'app.kubernetes.io/instance': 'hot' };

/** The StatefulSet of a group, as it is stored. */
function set(replicas: number, annotations: MapValue = {}, owner = 'TiKVGroup/hot'): MapValue {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {
      name: 'hot-tikv',
      namespace: 'tidb',
      annotations: { ...(owner !== '' && { 'groups.pingcap.com/generated-by': owner }), ...annotations },
    },
    spec: {
      replicas,
      serviceName: 'hot-tikv-peer',
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS },
        spec: { containers: [{ name: 'tikv', image: 'pingcap/tikv' }] },
      },
    },
  };
}

/** What `kubectl scale` reads and writes. */
function scale(replicas: number, component = 'tikv'): MapValue {
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name: 'hot-tikv', namespace: 'tidb' },
    spec: { replicas },
    status: {
      replicas,
      selector: `app.kubernetes.io/component=${component},app.kubernetes.io/instance=hot`,
    },
  };
}

const FEWER =
  /^statefulsets\.apps "hot-tikv" is forbidden: ValidatingAdmissionPolicy 'stores-of-tidb-groups' with binding 'stores-of-tidb-groups' denied request: StatefulSet tidb\/hot-tikv holds stores of TiDB, and with 3 replicas instead of 4 /;
const GONE =
  /denied request: StatefulSet tidb\/hot-tikv holds stores of TiDB, which are lost when it is deleted\./;

interface Case extends Omit<Request, 'policies'> {
  readonly title: string;
  /** What it is refused with; undefined where it is let through. */
  readonly refused?: RegExp;
}

const SUSPENDED = { 'groups.pingcap.com/suspended': 'true' };

const cases: Case[] = [
  { title: 'a group that is suspended', operation: 'UPDATE', old: set(4), new: set(0, SUSPENDED) },
  {
    title: 'fewer stores of a group that says it is suspended, and is not',
    operation: 'UPDATE',
    old: set(4),
    new: set(3, SUSPENDED),
    refused: FEWER,
  },
  {
    title: 'the deletion of a suspended group, whose stores have data',
    operation: 'DELETE',
    old: set(0, SUSPENDED),
    refused: GONE,
  },
  { title: 'fewer stores', operation: 'UPDATE', old: set(4), new: set(3), refused: FEWER },
  {
    title: 'fewer stores, drained to that number',
    operation: 'UPDATE',
    old: set(4),
    new: set(3, { [DRAINED_TO]: '3' }),
  },
  {
    title: 'fewer stores, drained to another number',
    operation: 'UPDATE',
    old: set(4),
    new: set(3, { [DRAINED_TO]: '4' }),
    refused: FEWER,
  },
  {
    title: 'fewer stores, drained once more',
    operation: 'UPDATE',
    old: set(4, { [DRAINED_TO]: '4' }),
    new: set(3, { [DRAINED_TO]: '3' }),
  },
  {
    title: 'fewer stores, drained to that number before somebody scaled it out',
    operation: 'UPDATE',
    old: set(4, { [DRAINED_TO]: '3' }),
    new: set(3, { [DRAINED_TO]: '3' }),
    refused: FEWER,
  },
  {
    title: 'fewer stores, where only the state before says it was drained',
    operation: 'UPDATE',
    old: set(4, { [DRAINED_TO]: '3' }),
    new: set(3),
    refused: FEWER,
  },
  {
    title: 'fewer stores, by one who takes the mark of the group away',
    operation: 'UPDATE',
    old: set(4),
    new: set(3, {}, ''),
    refused: FEWER,
  },
  { title: 'none', operation: 'UPDATE', old: set(1), new: set(0), refused: /with 0 replicas instead of 1 / },
  { title: 'none, drained', operation: 'UPDATE', old: set(1), new: set(0, { [DRAINED_TO]: '0' }) },
  { title: 'as many stores', operation: 'UPDATE', old: set(4), new: set(4) },
  { title: 'more stores', operation: 'UPDATE', old: set(4), new: set(5) },
  { title: 'more than none', operation: 'UPDATE', old: set(0), new: set(3) },
  {
    title: 'fewer SQL servers',
    operation: 'UPDATE',
    old: set(4, {}, 'TiDBGroup/hot'),
    new: set(3, {}, 'TiDBGroup/hot'),
  },
  { title: 'fewer pods of others', operation: 'UPDATE', old: set(4, {}, ''), new: set(3, {}, '') },
  {
    title: 'fewer stores, scaled',
    operation: 'UPDATE',
    subresource: 'scale',
    old: scale(4),
    new: scale(3),
    refused: FEWER,
  },
  { title: 'more stores, scaled', operation: 'UPDATE', subresource: 'scale', old: scale(4), new: scale(5) },
  {
    title: 'no stores, scaled',
    operation: 'UPDATE',
    subresource: 'scale',
    old: scale(4),
    new: { ...scale(4), spec: {} },
    refused: /with 0 replicas instead of 4 /,
  },
  {
    title: 'fewer SQL servers, scaled',
    operation: 'UPDATE',
    subresource: 'scale',
    old: scale(4, 'tidb'),
    new: scale(3, 'tidb'),
  },
  {
    title: 'fewer pods of another component with a name like it, scaled',
    operation: 'UPDATE',
    subresource: 'scale',
    old: scale(4, 'tikv-importer'),
    new: scale(3, 'tikv-importer'),
  },
  { title: 'deleted', operation: 'DELETE', old: set(4), refused: GONE },
  {
    title: 'deleted, in the background',
    operation: 'DELETE',
    old: set(4),
    propagationPolicy: 'Background',
    refused: GONE,
  },
  { title: 'deleted, without its pods', operation: 'DELETE', old: set(4), propagationPolicy: 'Orphan' },
  { title: 'deleted, without stores', operation: 'DELETE', old: set(0) },
  { title: 'deleted with its namespace', operation: 'DELETE', old: set(4), isNamespaceGoing: true },
  { title: 'deleted, of SQL servers', operation: 'DELETE', old: set(4, {}, 'TiDBGroup/hot') },
];

describe.skipIf(CONTROLLERS.path === undefined)('the admission policy, in the API server', () => {
  it('is valid, with its binding', () => {
    expect(refusals(policies)).toEqual([undefined, undefined]);
  });

  const answers = CONTROLLERS.path === undefined ? [] : askControllers(cases.map(asked));

  it.each(cases.map((one, i) => ({ ...one, i })))('$operation $title', ({ i, refused }) => {
    const { error, code } = answers[i] ?? {};
    if (refused === undefined) expect(error).toBeUndefined();
    else {
      expect(error).toMatch(refused);
      expect(code).toBe(403);
    }
  });

  it('says what to do', () => {
    const before = 'fewer stores, drained to that number before somebody scaled it out';
    const [fewer, deleted, again] = ['fewer stores', 'deleted', before].map((wanted) =>
      answers.at(cases.findIndex(({ title }) => title === wanted)),
    );
    expect(fewer?.error?.split('denied request: ')[1]).toBe(
      'StatefulSet tidb/hot-tikv holds stores of TiDB, and with 3 replicas instead of 4 Kubernetes stops them without moving their data away. Drain them first, by a drain Job or with pd-ctl store delete until PD says Tombstone, and annotate the TiKVGroup in the change that lowers its replicas: groups.pingcap.com/drained-to="3"',
    );
    expect(again?.error?.split('denied request: ')[1]).toBe(
      'StatefulSet tidb/hot-tikv holds stores of TiDB, and with 3 replicas instead of 4 Kubernetes stops them without moving their data away. groups.pingcap.com/drained-to="3" was there before this change, and says nothing of stores that came since: first apply 4 replicas, with that number in the annotation or without it',
    );
    expect(deleted?.error?.split('denied request: ')[1]).toBe(
      'StatefulSet tidb/hot-tikv holds stores of TiDB, which are lost when it is deleted. Drain them and set spec.replicas of its TiKVGroup to 0 first; or keep its pods: kubectl delete statefulset hot-tikv -n tidb --cascade=orphan',
    );
  });

  it('lets a render pass whose group says that it was drained', () => {
    const [before, after] = [
      rendered(4),
      rendered(3, 'metadata: {annotations: {groups.pingcap.com/drained-to: "3"}}'),
    ];
    expect(after.metadata).toMatchObject({ annotations: { [DRAINED_TO]: '3' } });
    const requests = [
      { title: 'said', operation: 'UPDATE', old: before, new: after },
      { title: 'not said', operation: 'UPDATE', old: before, new: rendered(3) },
    ] as const;
    const [said, notSaid] = askControllers(requests.map(asked));
    expect(said?.error).toBeUndefined();
    expect(notSaid?.error).toMatch(FEWER);
  });

  it('has expressions of the right types', () => {
    for (const { warnings = [] } of answers)
      expect(warnings.filter((text) => text.startsWith('spec.'))).toEqual([]);
  });
});

function asked({ title: _, refused: __, ...request }: Case): object {
  return { do: 'admit', request: { policies, ...request } };
}

/** The StatefulSet of a group, as the executable renders it. */
function rendered(replicas: number, more = ''): MapValue {
  const group = `apiVersion: pingcap.com/v1alpha1
kind: TiKVGroup
metadata: {name: hot, namespace: tidb${more.replace(/^metadata: \{(.*)\}$/, ', $1')}}
spec: {cluster: {name: basic}, replicas: ${replicas}, requests: {storage: 1Gi}}
`;
  const cluster = `apiVersion: pingcap.com/v1alpha1
kind: TidbCluster
metadata: {name: basic, namespace: tidb}
spec: {version: v8.5.7, pd: {replicas: 3, requests: {storage: 1Gi}}, tikv: {replicas: 3, requests: {storage: 1Gi}}}
`;
  const { stdout } = new Sandbox({ 'all.yaml': `${cluster}---\n${group}` }).groups(['render', 'all.yaml']);
  const found = parseAllDocuments(stdout)
    .map((document): MapValue => document.toJS())
    .find(({ kind }) => kind === 'StatefulSet');
  if (found === undefined) throw new Error('there must be a StatefulSet');
  return found;
}

test('the command prints the policy and its binding', () => {
  const { status, stdout } = new Sandbox().groups(['policy']);
  expect(status).toBe(0);
  expect(readYaml(stdout)).toEqual(policies);
});
