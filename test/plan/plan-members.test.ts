import { describe, expect, test } from 'vitest';
import { CLUSTER, stream } from '../support/basic.ts';
import { codesOf, planOf } from '../support/plan.ts';

const AS_CLUSTERS = `apiVersion: groups.pingcap.com/v1alpha1
kind: ExpandTidbGroups
metadata: {name: expand}
spec: {output: TidbCluster}
`;

interface Group {
  readonly name?: string;
  readonly replicas?: number;
  readonly more?: string;
}

function pdGroup({ name = 'west', replicas = 2, more = '' }: Group = {}): string {
  return `apiVersion: pingcap.com/v1alpha1
kind: PDGroup
metadata: {name: ${name}, namespace: db}
spec:
  cluster: {name: basic}
  replicas: ${replicas}
  requests: {storage: 10Gi}
${more}`;
}

function tiproxyGroup({ name = 'entry', replicas = 2, more = '' }: Group = {}): string {
  return `apiVersion: pingcap.com/v1alpha1
kind: TiProxyGroup
metadata: {name: ${name}, namespace: db}
spec:
  cluster: {name: basic}
  version: v1.3.2
  replicas: ${replicas}
${more}`;
}

const SUSPENDED = '  suspendAction: {suspendStatefulSet: true}\n';

/** The cluster has three members of its own. */
const withBase = (...parts: readonly string[]) => stream(CLUSTER, ...parts);
const dangers = async (old: string, now: string) => (await planOf(old, now)).dangers;
const text = async (old: string, now: string) => {
  const [danger] = await dangers(old, now);
  return [danger?.message, ...(danger?.instead ?? [])].join('\n');
};

describe('members of PD', () => {
  test.each<[string, string, string, ...string[]]>([
    ['more of them', pdGroup(), pdGroup({ replicas: 4 })],
    ['fewer', pdGroup(), pdGroup({ replicas: 1 }), 'members-gone'],
    ['none of them left', pdGroup(), pdGroup({ replicas: 0 }), 'members-gone'],
    ['a group goes', pdGroup(), '', 'members-gone'],
    ['a group of none goes', pdGroup({ replicas: 0 }), ''],
    ['a group is called otherwise', pdGroup(), pdGroup({ name: 'east' }), 'members-gone'],
    ['a suspended group goes', pdGroup({ more: SUSPENDED }), ''],
    ['a group is suspended', pdGroup(), pdGroup({ more: SUSPENDED }), 'suspended'],
    [
      'replicas of data, as a group that joins has none',
      pdGroup(),
      pdGroup({ more: '  config: {replication: {location-labels: [zone]}}\n' }),
    ],
  ])('%s', async (_, old, now, ...codes) => {
    expect(codesOf(await dangers(withBase(old), withBase(now)))).toEqual(codes);
  });

  test('are counted over base and groups', async () => {
    const [old, now] = [pdGroup(), pdGroup({ replicas: 1 })];
    expect(await text(withBase(old), withBase(now))).toContain(
      '5 members need 3 of them, so that it stops where 2 more are lost',
    );
    const others = pdGroup({ name: 'east', replicas: 1 });
    expect(await text(withBase(old, others), withBase(others))).toContain('it stops where one more is lost');
    const many = pdGroup({ replicas: 4 });
    expect(await text(withBase(many), withBase(''))).toContain(
      'PD of 7 members bears the loss of 3, so it stops',
    );
  });

  test('of the base are there for all servers, whatever groups there are', async () => {
    const without = CLUSTER.replace('pingcap/pd\n    replicas: 3', 'pingcap/pd\n    replicas: 0');
    const old = await dangers(withBase(pdGroup()), stream(without, pdGroup()));
    expect(codesOf(old)).toEqual(['servers-removed']);
  });

  test('are taken out of the quorum by their names', async () => {
    const cluster = CLUSTER.replace('  timezone', '  clusterDomain: k8s.example\n  timezone');
    const [old, now] = [pdGroup(), pdGroup({ replicas: 1 })];
    expect(await text(withBase(old), withBase(now))).toContain('member delete name west-pd-1`');
    expect(await text(stream(cluster, old), stream(cluster, now))).toContain(
      'member delete name west-pd-1.west-pd-peer.db.svc.k8s.example`',
    );
    expect(await text(withBase(old), withBase(now))).toContain('delete pvc pd-west-pd-1`');
  });

  test('are taken out by the operator where it runs them, and not where their TidbCluster goes', async () => {
    const as = (...parts: readonly string[]) => stream(AS_CLUSTERS, CLUSTER, ...parts);
    expect(codesOf(await dangers(as(pdGroup()), as(pdGroup({ replicas: 1 }))))).toEqual([]);
    expect(codesOf(await dangers(as(pdGroup()), as('')))).toEqual(['members-gone']);
  });

  test('restart side by side only as many as the quorum bears', async () => {
    const other = CLUSTER.replace('timezone: UTC', 'timezone: Asia/Tokyo');
    const few = pdGroup({ replicas: 1 });
    expect(codesOf(await dangers(withBase(few), stream(other, few)))).toEqual(['members-roll-together']);
    const five = pdGroup();
    expect(codesOf(await dangers(withBase(five), stream(other, five)))).toEqual([]);
  });
});

describe('servers of TiProxy', () => {
  test.each<[string, string, string, ...string[]]>([
    ['fewer of them', tiproxyGroup(), tiproxyGroup({ replicas: 1 })],
    ['none of them left', tiproxyGroup(), tiproxyGroup({ replicas: 0 }), 'servers-removed'],
    ['a group goes', tiproxyGroup(), '', 'servers-removed'],
    ['a group is called otherwise', tiproxyGroup(), tiproxyGroup({ name: 'door' }), 'group-renamed'],
    ['an older version', tiproxyGroup(), tiproxyGroup().replace('v1.3.2', 'v1.2.0'), 'version-downgrade'],
  ])('%s', async (_, old, now, ...codes) => {
    expect(codesOf(await dangers(withBase(old), withBase(now)))).toEqual(codes);
  });

  test('take most of a changed config without a restart', async () => {
    const config = (level: string, workdir: string) =>
      tiproxyGroup({ more: `  config: {log: {level: ${level}}, api: {addr: '${workdir}'}}\n` });
    const { workloads } = await planOf(withBase(config('info', 'a:1')), withBase(config('warn', 'b:1')));
    const [change] = workloads.filter(({ workload }) => workload === 'TiProxyGroup db/entry');
    expect(change?.verdicts).toEqual(['changed-in-place']);
    expect(change?.config.map(({ key, takes }) => [key, takes])).toEqual([
      ['api.addr', 'restart'],
      ['log.level', 'reload'],
    ]);
    expect(change?.notes).toEqual([
      expect.stringContaining('the servers see that their file has changed'),
      expect.stringContaining('a server reads it at its next restart'),
    ]);
  });

  test('lose connections where they restart or go, which the plan says', async () => {
    const more = '  limits: {cpu: 2}\n';
    const { workloads } = await planOf(withBase(tiproxyGroup()), withBase(tiproxyGroup({ more })));
    const notes = workloads.flatMap((change) => change.notes);
    expect(notes).toEqual([expect.stringMatching(/^servers that restart lose the connections/)]);
  });
});
