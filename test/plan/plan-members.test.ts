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
    ['a group gets another name', pdGroup(), pdGroup({ name: 'east' }), 'members-gone'],
    ['a suspended group goes', pdGroup({ more: SUSPENDED }), '', 'members-gone'],
    [
      'fewer in a suspended group',
      pdGroup({ more: SUSPENDED }),
      pdGroup({ replicas: 1, more: SUSPENDED }),
      'members-gone',
    ],
    ['a group comes back', pdGroup({ more: SUSPENDED }), pdGroup()],
    ['a suspended group is new', '', pdGroup({ more: SUSPENDED })],
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
      '5 members need 3 of them, so PD stops if 2 more are lost',
    );
    const others = pdGroup({ name: 'east', replicas: 1 });
    expect(await text(withBase(old, others), withBase(others))).toContain('so PD stops if one more is lost');
    const many = pdGroup({ replicas: 4 });
    expect(await text(withBase(many), withBase(''))).toContain(
      'until somebody deletes them, and PD still counts them in its quorum (base and groups): once they have stopped, PD of 7 members tolerates the loss of 3, so it stops',
    );
  });

  test('count where they are suspended, and are down', async () => {
    const [two, one] = [pdGroup({ more: SUSPENDED }), pdGroup({ name: 'east', replicas: 1 })];
    expect(await text(withBase(two, one), withBase(two))).toContain(
      'once it has stopped, PD of 6 members tolerates the loss of 2, so it stops',
    );
    expect(await text(withBase(two, pdGroup({ name: 'east', replicas: 3 })), withBase(two))).toContain(
      'once they have stopped, PD of 8 members tolerates the loss of 3, so it stops',
    );
  });

  test('stop the cluster where most of them are suspended, and no other number is confirmed by that', async () => {
    const suspension = async (of: number, beside: number) => {
      const groups = [pdGroup({ name: 'east', replicas: beside }), pdGroup({ replicas: of })];
      const [old, now] = [withBase(...groups), withBase(groups[0] ?? '', `${groups[1]}${SUSPENDED}`)];
      const [danger] = await dangers(old, now);
      return { message: danger?.message, confirm: danger?.confirm };
    };
    const [most, few, others] = [await suspension(5, 1), await suspension(2, 1), await suspension(2, 2)];
    expect(most.message).toContain('PD of 9 members tolerates the loss of 4, so it stops, and with it every');
    expect(few.message).toContain('6 members need 4 of them, so PD stops if one more is lost');
    expect(new Set([most, few, others].map(({ confirm }) => confirm)).size).toBe(3);
  });

  test('that leave several groups are all taken out before the change is applied once', async () => {
    const groups = (replicas: number) => [pdGroup({ replicas }), pdGroup({ name: 'east', replicas })];
    const [danger] = await dangers(withBase(...groups(8)), withBase(...groups(1)));
    expect(danger?.instead.map((step) => step.replace(/: .*/, ''))).toEqual([
      'Check which member leads, and that all are healthy',
      'Take the members, one at a time, out of the quorum',
      'Take the members, one at a time, out of the quorum',
      'Then apply this change.',
      expect.stringMatching(/^Before you scale out again/),
      expect.stringMatching(/^Before you scale out again/),
    ]);
    expect(danger?.instead[1]).toContain('member delete name west-pd-N` (N from 7 down to 1)');
  });

  test.each([
    ['smaller volumes', 'storage: 10Gi', 'storage: 5Gi', 'volume-shrunk'],
    ['another data directory', 'replicas: 3', 'replicas: 3\n    dataSubDir: data', 'data-directory-moved'],
  ])('of the base get no %s, and nobody is told to remove the TidbCluster', async (_, from, to, code) => {
    const [danger] = await dangers(CLUSTER, CLUSTER.replace(from, to));
    expect(danger?.code).toBe(code);
    const steps = danger?.instead.join('\n');
    expect(steps).not.toMatch(/remove TidbCluster|Add a group/);
    expect(steps).toMatch(
      /Create a new cluster with .* no group can replace basic-pd, because all servers find PD/,
    );
  });

  test.each([
    ['smaller volumes', 'storage: 10Gi', 'storage: 5Gi', 'volume-shrunk'],
    ['another data directory', 'replicas: 2', 'replicas: 2\n  dataSubDir: data', 'data-directory-moved'],
  ])('of a group that needs %s are taken out of the quorum first', async (_, from, to, code) => {
    const [danger] = await dangers(withBase(pdGroup()), withBase(pdGroup().replace(from, to)));
    expect(danger?.code).toBe(code);
    expect(danger?.message).not.toMatch(/start (?:empty|without)/);
    expect(danger?.instead.join('\n')).toMatch(
      /wait until its members are healthy[\s\S]*member delete name west-pd-1[\s\S]*Then remove PDGroup db\/west/,
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
    const bare = [old, now].map((group) => stream(cluster, group).replaceAll(/,? *namespace: db/g, ''));
    expect(await text(bare[0] ?? '', bare[1] ?? '')).toContain(
      'west-pd-1.west-pd-peer.NAMESPACE.svc.k8s.example`',
    );
  });

  test('are taken out by the operator where it runs them, and not where their TidbCluster goes', async () => {
    const as = (...parts: readonly string[]) => stream(AS_CLUSTERS, CLUSTER, ...parts);
    expect(codesOf(await dangers(as(pdGroup()), as(pdGroup({ replicas: 1 }))))).toEqual([]);
    expect(codesOf(await dangers(as(pdGroup()), as('')))).toEqual(['members-gone']);
  });

  test('restart side by side only as many as the quorum tolerates', async () => {
    const other = CLUSTER.replace('timezone: UTC', 'timezone: Asia/Tokyo');
    const few = pdGroup({ replicas: 1 });
    expect(codesOf(await dangers(withBase(few), stream(other, few)))).toEqual(['members-roll-together']);
    const five = pdGroup();
    expect(codesOf(await dangers(withBase(five), stream(other, five)))).toEqual([]);
    const down = pdGroup({ name: 'east', replicas: 2, more: SUSPENDED });
    const [danger] = await dangers(withBase(five, down), stream(other, five, down));
    expect(danger?.code).toBe('members-roll-together');
    expect(danger?.message).toContain('while 2 members are down: PD of 7 members tolerates 3 members down');
    expect(danger?.instead).toContain(
      'Or have at least 9 members over base and groups before you make this change.',
    );
  });
});

test('a statement for a log level of PD is for all members', async () => {
  const leveled = (level: string) => pdGroup({ more: `  config: {log: {level: ${level}}}\n` });
  const { workloads } = await planOf(withBase(leveled('info')), withBase(leveled('warn')));
  const [change] = workloads.filter(({ workload }) => workload === 'PDGroup db/west');
  expect(change?.config.map(({ statement }) => statement)).toEqual(["SET CONFIG pd `log.level` = 'warn';"]);
  expect(change?.notes).toContainEqual(
    expect.stringContaining('changes all servers of PD in the cluster, those of the TidbCluster'),
  );
});

describe('servers of TiProxy', () => {
  test.each<[string, string, string, ...string[]]>([
    ['fewer of them', tiproxyGroup(), tiproxyGroup({ replicas: 1 })],
    ['none of them left', tiproxyGroup(), tiproxyGroup({ replicas: 0 }), 'servers-removed'],
    ['a group goes', tiproxyGroup(), '', 'servers-removed'],
    ['a group gets another name', tiproxyGroup(), tiproxyGroup({ name: 'door' }), 'group-renamed'],
    ['an older version', tiproxyGroup(), tiproxyGroup().replace('v1.3.2', 'v1.2.0')],
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
    expect(notes).toEqual([expect.stringMatching(/^servers that restart lose their clients’ connections/)]);
  });
});
