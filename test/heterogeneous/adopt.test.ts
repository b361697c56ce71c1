import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { AnyGroup } from '../../src/api/index.ts';
import { byKind } from '../../src/components/index.ts';
import { tidbClusterOf } from '../../src/heterogeneous/index.ts';
import { type Item, openStream } from '../../src/list/index.ts';
import { formatPath, type Problem, Problems } from '../../src/problem/index.ts';
import { type Adopted, adoptClusters, INTEREST } from '../../src/render/index.ts';
import { writeMap } from '../../src/yaml-write/index.ts';
import { cluster, stream } from '../support/basic.ts';
import { partOf } from '../support/runs.ts';
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
  parseFixture,
  readFixture,
  render,
  type Table,
} from '../support/table.ts';

async function adopted(text: string): Promise<{ groups: readonly Adopted[]; problems: readonly Problem[] }> {
  const problems = new Problems();
  const items: Item[] = await openStream('all.yaml', Buffer.from(text), INTEREST, problems);
  return { groups: await adoptClusters(items, problems), problems: problems.all };
}

/** A heterogeneous TidbCluster; `spec` is text to add to its spec, `metadata` to its metadata, both indented by two. */
const heterogeneous = (spec: string, metadata = '') => `# Fast stores.
apiVersion: pingcap.com/v1alpha1
kind: TidbCluster
metadata:
  name: hot # for ever
  namespace: db
${metadata}spec:
  version: v8.5.7
  timezone: UTC
  cluster:
    name: basic
${spec}`;

const TIKV = '  tikv:\n    replicas: 3\n    requests:\n      storage: 1Ti # each\n';
const TIDB = '  tidb:\n    replicas: 2\n';

/** The group that renders what runs. */
const group = (kind: string, spec: string, metadata = '') => `apiVersion: pingcap.com/v1alpha1
kind: ${kind}
metadata:
  name: hot # for ever
  namespace: db
${metadata}  annotations:
    groups.pingcap.com/rollout: Plain
spec:
  cluster:
    name: basic
${spec}`;

const STORES = '  replicas: 3\n  requests:\n    storage: 1Ti # each\n';

describe('a heterogeneous TidbCluster becomes a group with the same lines', () => {
  test.each([
    { name: 'of stores', text: heterogeneous(TIKV), comes: [group('TiKVGroup', STORES)] },
    { name: 'of SQL servers', text: heterogeneous(TIDB), comes: [group('TiDBGroup', '  replicas: 2\n')] },
    {
      name: 'of each kind, where it has both',
      text: heterogeneous(TIKV + TIDB),
      comes: [group('TiKVGroup', STORES), group('TiDBGroup', '  replicas: 2\n')],
    },
    {
      name: 'with the comments of what it keeps',
      text: heterogeneous(
        '  # Not too small.\n  tikv: # fast\n    # At least three.\n    replicas: 3\n\n    requests: {storage: 1Ti} # each\n    config: |\n      # why\n      [server]\n\n        grpc-concurrency = 6\n',
      ),
      comes: [
        group(
          'TiKVGroup',
          '  # Not too small.\n  # fast\n  # At least three.\n  replicas: 3\n\n  requests: {storage: 1Ti} # each\n  config: |\n    # why\n    [server]\n\n      grpc-concurrency = 6\n',
        ),
      ],
    },
    {
      name: 'which says what its cluster said, where the base says otherwise or nothing',
      text: heterogeneous(
        `  tolerations:\n  - key: fast\n  nodeSelector:\n    disk: nvme\n    zone: a\n  configUpdateStrategy: InPlace\n  tikv:\n    replicas: 3\n    requests:\n      storage: 1Ti\n    nodeSelector:\n      zone: b\n    configUpdateStrategy: ''\n`,
      ),
      comes: [
        group(
          'TiKVGroup',
          '  replicas: 3\n  requests:\n    storage: 1Ti\n  nodeSelector:\n    disk: nvme\n    zone: b\n  configUpdateStrategy: InPlace\n  tolerations:\n  - key: fast\n',
        ),
      ],
    },
    {
      name: 'without what the API server wrote',
      text: `${heterogeneous(TIKV, '  uid: 1-2\n  resourceVersion: "1"\n  labels:\n    team: db\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: "{}"\n')}status: {}\n`,
      comes: [group('TiKVGroup', STORES, '  labels:\n    team: db\n')],
    },
    {
      name: 'with the comments of what is in flow style',
      text: heterogeneous(
        '  # Not too small.\n  tikv: {replicas: 3, requests: {storage: 1Ti}} # fast\n  # Stateless.\n  tidb: # two\n    {\n      # One may go.\n      replicas: 2, # soon three\n    } # end\n',
      ),
      comes: [
        group('TiKVGroup', '  # Not too small.\n  # fast\n  replicas: 3\n  requests:\n    storage: 1Ti\n'),
        group(
          'TiDBGroup',
          '  # Stateless.\n  # two\n  # One may go.\n  # soon three\n  # end\n  replicas: 2\n',
        ),
      ],
    },
    {
      name: 'with the comments inside a spec in flow style',
      text: heterogeneous('').replace(
        /spec:[\s\S]*/,
        'spec: {\n  version: v8.5.7, timezone: UTC,\n  cluster: {name: basic},\n  tidb: {\n    # two\n    replicas: 2}}\n',
      ),
      comes: [group('TiDBGroup', '  # two\n  replicas: 2\n')],
    },
    {
      name: 'written anew where its lines cannot be taken',
      text: '{apiVersion: pingcap.com/v1alpha1, kind: TidbCluster, metadata: {name: hot, namespace: db}, spec: {version: v8.5.7, timezone: UTC, cluster: {name: basic}, tidb: {replicas: 2}}}\n',
      comes: [group('TiDBGroup', '  replicas: 2\n').replace(' # for ever', '')],
    },
  ])('$name', async ({ text, comes }) => {
    const { groups, problems } = await adopted(stream(cluster('basic'), text));
    expect(groups.map((one) => one.text)).toEqual(comes);
    expect(problems).toEqual([]);
    expect(groups.map(({ isEqual }) => isEqual)).toEqual(comes.map(() => true));
  });
});

const placeOf = ({ code, origin, path = [] }: Problem) => `${code} ${origin?.id.name} ${formatPath(path)}`;

test('a component of each kind becomes a group of its own, each of which renders the same', async () => {
  const sections = [
    '  pd: {replicas: 3, requests: {storage: 1Gi}, config: ""}\n',
    '  tiproxy: {replicas: 2, version: v1.3.2, config: ""}\n',
    '  tiflash: {replicas: 2, storageClaims: [{resources: {requests: {storage: 1Ti}}}]}\n',
    TIKV,
    TIDB,
    '  ticdc: {replicas: 2, tlsClientSecretNames: [kafka]}\n',
  ];
  const [, ...beside] = sections;
  const { groups, problems } = await adopted(stream(cluster('basic'), heterogeneous(beside.join(''))));
  expect(problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
  expect(groups.map(({ component, isEqual }) => [component.group.kind, isEqual])).toEqual(
    Object.keys(byKind).flatMap((kind) => (kind === 'PDGroup' ? [] : [[kind, true]])),
  );
  // Any two of them, too, in whichever order they stand.
  for (const [index, one] of sections.entries()) {
    for (const other of sections.slice(index + 1)) {
      const pair = await adopted(stream(cluster('basic'), heterogeneous(other + one)));
      expect(pair.groups.map(({ isEqual }) => isEqual)).toEqual([true, !(other + one).includes('  pd:')]);
    }
  }
});

describe('what cannot be carried is said', () => {
  test.each([
    {
      name: 'a base that is not there',
      text: heterogeneous(TIKV).replace('name: basic', 'name: basix'),
      says: [['cluster-not-found hot spec.cluster.name', 'name its file too']],
    },
    {
      name: 'a component that no group is',
      text: heterogeneous(`${TIDB}  pump:\n    replicas: 1\n    requests: {storage: 1Ti}\n`),
      says: [['adopt-component hot spec.pump', 'keep a TidbCluster with `spec.cluster` and `spec.pump`']],
    },
    {
      name: 'a setting that only clusters have, and what comes of it',
      text: heterogeneous(TIDB).replace('UTC', 'Asia/Tokyo'),
      says: [
        ['adopt-differs hot spec.tidb', 'has "UTC" in `spec.template.spec.containers[tidb].env[TZ].value`'],
        ['adopt-lost hot spec.timezone', 'is "Asia/Tokyo" here and "UTC" in the TidbCluster "basic"'],
      ],
    },
    {
      name: 'a setting that the operator alone reads',
      text: heterogeneous(`  pvReclaimPolicy: Delete\n${TIDB}`),
      says: [
        ['adopt-lost hot spec.pvReclaimPolicy', '"Delete" here and not written in the TidbCluster "basic"'],
      ],
    },
    {
      name: 'a restart',
      text: heterogeneous(`  configUpdateStrategy: RollingUpdate\n${TIDB}`),
      says: [['adopt-restart hot spec.tidb', 'the pods restart once']],
    },
    {
      name: 'pods that are labelled with another instance',
      text: heterogeneous(TIDB, '  labels:\n    app.kubernetes.io/instance: shop\n'),
      says: [
        [
          'adopt-differs hot metadata.labels["app.kubernetes.io/instance"]',
          "a StatefulSet's selector cannot change",
        ],
      ],
    },
    {
      name: 'a discovery service',
      text: heterogeneous(`  acrossK8s: true\n${TIDB}`),
      says: [
        ['adopt-differs hot spec.acrossK8s', 'ask a discovery service'],
        ['adopt-differs hot spec.tidb', 'in `data.startup-script`'],
        ['adopt-lost hot spec.acrossK8s', 'true here and not written'],
      ],
    },
  ])('$name', async ({ text, says }) => {
    const { problems } = await adopted(stream(cluster('basic'), text));
    const found = problems.map((problem) => [placeOf(problem), problem.message]).sort();
    expect(found.map(([place]) => place)).toEqual(says.map(([place]) => place));
    for (const [, part] of says)
      expect(found.map(([, message]) => message)).toContainEqual(expect.stringContaining(part ?? ''));
  });

  test.each([
    [
      'the default of the operator, written on one side',
      `  enablePVReclaim: false\n  pvReclaimPolicy: Retain\n  tlsCluster: {}\n${TIDB}`,
    ],
    ['an empty list', `  tolerations: []\n${TIDB}`],
  ])('but not %s', async (_, spec) => {
    expect((await adopted(stream(cluster('basic'), heterogeneous(spec)))).problems).toEqual([]);
  });
});

const codes = (problems: readonly Problem[]) =>
  problems.map(({ code, path = [] }) => `${code} ${formatPath(path)}`);

describe('a config that is a map', () => {
  test.each([
    {
      name: 'in block style',
      config:
        '    config:\n      # why\n      storage:\n        engine: raft-kv2 # new\n      quota: {a: 1}\n      server:\n        grpc-concurrency: 6.0\n        newer: 1\n',
      comes: '  config:\n    # why\n    storage: {}\n    server:\n      grpc-concurrency: 6.0\n',
    },
    {
      name: 'in flow style',
      config:
        '    config: {storage: {engine: raft-kv2}, quota: {a: 1}, server: {grpc-concurrency: 6.0, newer: 1}}\n',
      comes: '  config: {storage: {}, server: {grpc-concurrency: 6.0}}\n',
    },
  ])('comes without the keys that have no effect, $name', async ({ config, comes }) => {
    const { groups, problems } = await adopted(stream(cluster('basic'), heterogeneous(TIKV + config)));
    expect(groups.map(({ text, isEqual }) => ({ text, isEqual }))).toEqual([
      { text: group('TiKVGroup', STORES + comes), isEqual: true },
    ]);
    expect(codes(problems)).toEqual([
      'config-key-dropped spec.tikv.config.quota',
      'config-key-dropped spec.tikv.config.server.newer',
      'config-key-dropped spec.tikv.config.storage.engine',
    ]);
  });

  test('in which a key stands twice comes with the one that counts', async () => {
    const config = '    config:\n      LOG-LEVEL: debug\n      log-level: info\n';
    const { groups, problems } = await adopted(stream(cluster('basic'), heterogeneous(TIKV + config)));
    expect(groups[0]?.text).toBe(group('TiKVGroup', `${STORES}  config:\n    log-level: info\n`));
    expect(groups[0]?.isEqual).toBe(true);
    expect(codes(problems)).toEqual(['config-key-dropped spec.tikv.config.LOG-LEVEL']);
  });
});

test.each([
  [
    '  tikv:\n    replicas: 3\n    requests:\n      storage: 1Ti\n    securityContext: {appArmorProfile: {type: RuntimeDefault}}\n',
    'spec.tikv.securityContext.appArmorProfile',
  ],
  [
    `  podSecurityContext: {supplementalGroupsPolicy: Strict}\n${TIKV}`,
    'spec.podSecurityContext.supplementalGroupsPolicy',
  ],
])('a field that is too new for the operator is a difference: %s', async (spec, place) => {
  const { groups, problems } = await adopted(stream(cluster('basic'), heterogeneous(spec)));
  expect(groups.map(({ isEqual }) => isEqual)).toEqual([false]);
  expect(codes(problems)).toEqual([`field-unknown-operator ${place}`, `adopt-differs ${place}`]);
});

describe('arguments', () => {
  test('that a shell takes apart stay as they are', async () => {
    const spec = `${TIDB}    arguments: ["-L debug", "--cors=\${POD_NAME}.example"]\n`;
    const { groups, problems } = await adopted(stream(cluster('basic'), heterogeneous(spec)));
    expect(groups.map(({ isEqual }) => isEqual)).toEqual([true]);
    expect(problems).toEqual([]);
  });

  test.each([
    ['arguments: [--x, $(hostname)]', 'spec.tidb.arguments[1]'],
    ['plugins: [a b]', 'spec.tidb.plugins[0]'],
  ])('and the like that it would run are a difference: %s', async (field, place) => {
    const { groups, problems } = await adopted(
      stream(cluster('basic'), heterogeneous(`${TIDB}    ${field}\n`)),
    );
    expect(groups.map(({ isEqual }) => isEqual)).toEqual([false]);
    expect(codes(problems)).toEqual([`adopt-differs ${place}`]);
  });
});

test('a TidbCluster that was made of a group is not adopted', async () => {
  const made = heterogeneous(TIDB, '  annotations:\n    groups.pingcap.com/generated-by: TiDBGroup/hot\n');
  expect(await adopted(stream(cluster('basic'), made))).toEqual({ groups: [], problems: [] });
});

describe.each(FACT_TABLES)('%s', (name) => {
  const table = readFixture<Table>(`${name}.yaml`);

  test.each<Case>(partOf(table.cases.filter(isTaken)))(
    '$name: as TidbCluster and back it renders what the table says',
    async (one) => {
      const { group, cluster: base } = mergedCase(table, one);
      if (isUnreachable(group, base)) return;
      const parts = {
        groups: [{ object: group, origin: originOf(group) }],
        cluster: { object: base, origin: originOf(base) },
      };
      const text = writeMap(asGiven(tidbClusterOf(parts, new Problems()), group));
      const { groups, problems } = await adopted(stream(stringify(base, { version: '1.1' }), text));
      const isLost = isUnreachable(group, base);
      const across = base.spec.acrossK8s || isLost ? ['adopt-differs'] : [];
      expect(
        problems.flatMap(({ code, severity }) =>
          severity === 'error' && code.startsWith('adopt-') ? [code] : [],
        ),
      ).toEqual(across);
      expect(groups.map(({ isEqual }) => isEqual)).toEqual([!isLost]);
      const back = parseFixture<AnyGroup>(groups[0]?.text ?? '');
      const { resources } = render(back, base);
      expect(asShown(resources)).toEqual(expected(table, one).resources);
    },
  );
});

describe('what the operator makes of a heterogeneous TidbCluster, and a group does not', () => {
  const PD = '  pd:\n    replicas: 1\n    requests: {storage: 10Gi}\n';

  test('its servers ask its own PD where it has one', async () => {
    const { groups, problems } = await adopted(
      `${stream(cluster('basic', 'db'))}---\n${heterogeneous(PD + TIKV)}`,
    );
    expect(groups.map(({ isEqual }) => isEqual)).toEqual([true, false]);
    const found = problems.filter(({ code }) => code === 'adopt-differs');
    expect(found.map(({ code, message }) => [code, message])).toEqual([
      ['adopt-differs', expect.stringContaining('its servers ask the members of PD here ("hot-pd")')],
    ]);
  });

  test('PD alone asks that of the other TidbCluster in any case', async () => {
    const { problems } = await adopted(`${stream(cluster('basic', 'db'))}---\n${heterogeneous(PD)}`);
    expect(problems.filter(({ code }) => code === 'adopt-differs')).toEqual([]);
  });
});
