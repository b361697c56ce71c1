import { describe, expect, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { planTable } from '../../src/report/plan-table.ts';
import { confirmations } from '../../src/report/plan-words.ts';
import {
  CLUSTER,
  resourceList,
  stream,
  TIDB_GROUP,
  TIKV_GROUP,
  tidbGroup,
  tikvGroup,
} from '../support/basic.ts';
import { codesOf, planOf } from '../support/plan.ts';
import { Sandbox } from '../support/sandbox.ts';

const ALL = stream(CLUSTER, TIKV_GROUP, TIDB_GROUP);
const PLAIN = `apiVersion: groups.pingcap.com/v1alpha1
kind: ExpandTidbGroups
metadata: {name: expand}
spec: {rollout: Plain}
`;
const AS_CLUSTERS = `apiVersion: groups.pingcap.com/v1alpha1
kind: ExpandTidbGroups
metadata: {name: expand}
spec: {output: TidbCluster}
`;

type Change<From = string | RegExp> = readonly [from: From, to: string];

const hot = (text: string): Change => ['    storage: 200Gi\n', `    storage: 200Gi\n${text}`];
const pd = (text: string): Change => [
  '      storage: 10Gi\n    config: ""',
  `      storage: 10Gi\n    config: ${text}`,
];
const autoscaled = (name: string): Change<string> => [
  `name: ${name}\n`,
  `name: ${name}\n  annotations: {groups.pingcap.com/autoscaled: "true"}\n`,
];
const undone = ([from, to]: Change<string>): Change => [to, from];
const version = (from: string): Change => ['version: v8.5.7', `version: ${from}`];

const beside = (text: string): Change => [`---\n${TIDB_GROUP}`, `---\n${TIDB_GROUP}---\n${text}`];
const columns = (name: string, replicas: number) =>
  `apiVersion: pingcap.com/v1alpha1\nkind: TiFlashGroup\nmetadata:\n  name: ${name}\n  namespace: db\nspec:\n  cluster: {name: basic}\n  replicas: ${replicas} # ${name}\n  storageClaims:\n  - resources: {requests: {storage: 1Ti}}\n`;
const feeds = (name: string, replicas: number, cluster = '') =>
  `apiVersion: pingcap.com/v1alpha1\nkind: TiCDCGroup\nmetadata:\n  name: ${name}\n  namespace: db\nspec:\n  cluster: {name: basic}\n  replicas: ${replicas} # ${name}\n${cluster === '' ? '' : `  config: {cluster-id: ${cluster}}\n`}`;

const SUSPENDED = '  suspendAction: {suspendStatefulSet: true}\n';
const members = (replicas: string) =>
  `apiVersion: pingcap.com/v1alpha1\nkind: PDGroup\nmetadata:\n  name: west\n  namespace: db\nspec:\n  cluster: {name: basic}\n  ${replicas}\n  requests: {storage: 10Gi}\n`;
const someStores = (count: number, text = '') =>
  TIKV_GROUP.replace('replicas: 3', `replicas: ${count}`).replace(
    '    storage: 200Gi\n',
    `    storage: 200Gi\n${text}`,
  );
const asTold = (text: string) =>
  text.replace(/( {2}name: \w+\n)/, '$1  annotations: {groups.pingcap.com/autoscaled: "true"}\n');

/** What is lost though nothing that runs is stopped, or nobody knows how many run. */
const UNSEEN: readonly (readonly [string, Change | undefined, Change, ...string[]])[] = [
  [
    'not all stores of a suspended group come back',
    [TIKV_GROUP, someStores(5, SUSPENDED)],
    [someStores(5, SUSPENDED), someStores(2)],
    'store-scale-in',
  ],
  [
    'a suspended group gets fewer stores',
    [TIKV_GROUP, someStores(5, SUSPENDED)],
    [someStores(5, SUSPENDED), someStores(2, SUSPENDED)],
    'store-scale-in',
  ],
  [
    'all stores of a suspended group come back',
    [TIKV_GROUP, someStores(5, SUSPENDED)],
    [someStores(5, SUSPENDED), someStores(5)],
  ],
  [
    'a suspended group comes back with an older version',
    hot(`  version: v8.5.1\n${SUSPENDED}`),
    [`  version: v8.5.1\n${SUSPENDED}`, '  version: v8.5.0\n'],
    'version-downgrade',
  ],
  [
    'a suspended group comes back with other labels',
    hot(`  config: {server: {labels: {zone: a}}}\n${SUSPENDED}`),
    [`{zone: a}}}\n${SUSPENDED}`, '{zone: b}}}\n'],
    'placement-changed',
  ],
  ['a group gets a label with its name', undefined, hot('  groupLabel: true\n')],
  [
    'stores of which an autoscaler knows the number go',
    beside(asTold(someStores(3)).replace('name: hot', 'name: cold')),
    [`---\n${asTold(someStores(3)).replace('name: hot', 'name: cold')}`, ''],
    'store-removal',
  ],
  [
    'stores of TiFlash of which an autoscaler knows the number go',
    beside(asTold(columns('ap', 3))),
    [`---\n${asTold(columns('ap', 3))}`, ''],
    'columns-scale-in',
  ],
  [
    'members of which an autoscaler knows the number go',
    beside(asTold(members('replicas: 2'))),
    [`---\n${asTold(members('replicas: 2'))}`, ''],
    'members-gone',
  ],
  [
    'a suspended group of TiFlash goes',
    beside(columns('ap', 3) + SUSPENDED),
    [`---\n${columns('ap', 3)}${SUSPENDED}`, ''],
    'columns-scale-in',
  ],
  [
    'not all stores of a suspended group of TiFlash come back',
    beside(columns('ap', 3) + SUSPENDED),
    [`---\n${columns('ap', 3)}${SUSPENDED}`, `---\n${columns('ap', 2).replace('# ap', '')}`],
    'columns-scale-in',
  ],
  [
    'a volume is mounted twice, and a third time',
    hot(
      '  storageVolumes: [{name: wal, mountPath: /wal, storageSize: 1Gi}]\n  additionalVolumeMounts: [{name: tikv-wal, mountPath: /wal2}]\n',
    ),
    ['mountPath: /wal2}', 'mountPath: /wal2}, {name: tikv-wal, mountPath: /wal3}'],
  ],
];

/** TiFlash and TiCDC, of which all servers of a cluster count together. */
const COLUMNS: readonly (readonly [string, Change | undefined, Change, ...string[]])[] = [
  ['fewer TiFlash stores', beside(columns('ap', 3)), ['3 # ap', '2 # ap'], 'columns-scale-in'],
  ['more TiFlash stores', beside(columns('ap', 3)), ['3 # ap', '4 # ap']],
  ['a group of TiFlash goes', beside(columns('ap', 3)), [`---\n${columns('ap', 3)}`, ''], 'columns-scale-in'],
  [
    'the last stores of TiFlash get no replicas',
    beside(columns('ap', 3)),
    ['3 # ap', '0 # ap'],
    'servers-removed',
  ],
  [
    'TiFlash stores move from one group to another',
    beside(`${columns('ap', 3)}---\n${columns('bi', 2)}`),
    ['3 # ap', '2 # ap'],
    'columns-scale-in',
  ],
  [
    'a group of TiFlash shrinks while another grows',
    beside(`${columns('ap', 3)}---\n${columns('bi', 2)}`),
    [/3 # ap([\s\S]*)2 # bi/, '2 # ap$13 # bi'],
    'columns-scale-in',
  ],
  [
    'a group of TiFlash goes while another grows',
    beside(`${columns('bi', 2)}---\n${columns('ap', 3)}`),
    [/2 # bi([\s\S]*)---\n[\s\S]*?3 # ap\n.*\n.*\n/, '5 # bi$1'],
    'columns-scale-in',
  ],
  ['a group of TiFlash is renamed', beside(columns('ap', 3)), ['name: ap\n', 'name: bi\n'], 'group-renamed'],
  [
    'a group of TiFlash is suspended',
    beside(columns('ap', 3)),
    ['3 # ap', '3\n  suspendAction: {suspendStatefulSet: true}'],
    'suspended',
  ],
  [
    'the last servers of a TiCDC cluster go',
    beside(`${feeds('warehouse', 3, 'blue')}---\n${feeds('search', 1)}`),
    [`---\n${feeds('warehouse', 3, 'blue')}`, ''],
    'servers-removed',
  ],
  [
    'the last servers of a TiCDC cluster get no replicas',
    beside(`${feeds('warehouse', 3, 'blue')}---\n${feeds('search', 1)}`),
    ['3 # warehouse', '0 # warehouse'],
    'servers-removed',
  ],
  [
    'the last servers of a TiCDC cluster join another',
    beside(`${feeds('warehouse', 3, 'blue')}---\n${feeds('search', 1)}`),
    ['blue', 'default'],
    'servers-removed',
  ],
  [
    'servers of a TiCDC cluster join another, and others stay',
    beside(`${feeds('warehouse', 3, 'blue')}---\n${feeds('search', 1, 'blue')}`),
    ['blue', 'green'],
  ],
  [
    'servers of TiCDC say what they have anyway',
    beside(feeds('warehouse', 3, 'default')),
    ['  config: {cluster-id: default}\n', ''],
  ],
  ['fewer servers of TiCDC', beside(feeds('warehouse', 3)), ['3 # warehouse', '2 # warehouse']],
  [
    'the last servers of TiCDC go',
    beside(feeds('warehouse', 3)),
    [`---\n${feeds('warehouse', 3)}`, ''],
    'servers-removed',
  ],
  [
    'a group of TiCDC goes, and others take its changefeeds over',
    beside(`${feeds('warehouse', 3)}---\n${feeds('search', 1)}`),
    [`---\n${feeds('warehouse', 3)}`, ''],
  ],
];

/** Types of a Service before and after, and whether somebody loses a way in. */
const TYPES: readonly (readonly [was: string, is: string, ...codes: string[]])[] = [
  ['LoadBalancer', 'ClusterIP', 'service-type-changed'],
  ['LoadBalancer', 'NodePort', 'service-type-changed'],
  ['NodePort', 'ClusterIP', 'service-type-changed'],
  ['NodePort', 'LoadBalancer'],
  ['ClusterIP', 'NodePort'],
  ['ClusterIP', 'LoadBalancer'],
];
const SECTIONS: { readonly [section: string]: (service: string) => Change } = {
  'a group': (service) => ['  service:\n    type: ClusterIP\n', service],
  pd: (service) => ['pingcap/pd\n', `pingcap/pd\n  ${service}`],
  tidb: (service) => ['spec:\n  version', `spec:\n  tidb:\n    replicas: 1\n  ${service}  version`],
  tiproxy: (service) => [
    'spec:\n  version',
    `spec:\n  tiproxy:\n    replicas: 1\n    version: v1.3.2\n  ${service}  version`,
  ],
};
const SERVICE_TYPES = Object.entries(SECTIONS).flatMap(([section, given]) =>
  TYPES.map(([was, is, ...codes]): readonly [string, Change, Change, ...string[]] => [
    `the Service of ${section} becomes a ${is} and was a ${was}`,
    given(`  service: {type: ${was}}\n`),
    [`type: ${was}}`, `type: ${is}}`],
    // That of TiProxy is always a NodePort, whatever its section says.
    ...(section === 'tiproxy' ? [] : codes),
  ]),
);
const retains = (policy: string): Change => ['  timezone: UTC\n', `  timezone: UTC\n${policy}`];

/** What docs/dangers.md shows of each danger is tested there; these are its edges, and what is none. */
const EDGES: readonly (readonly [
  name: string,
  given: Change | undefined,
  change: Change,
  ...codes: string[],
])[] = [
  [
    'a group without stores goes',
    ['replicas: 3\n  requests:\n    storage: 200Gi', 'replicas: 0\n  requests:\n    storage: 200Gi'],
    [`---\n${TIKV_GROUP.replace('replicas: 3', 'replicas: 0')}`, ''],
  ],
  [
    'a suspended group goes',
    hot('  suspendAction: {suspendStatefulSet: true}\n'),
    [`---\n${TIKV_GROUP}  suspendAction: {suspendStatefulSet: true}\n`, ''],
    'store-removal',
  ],
  ...UNSEEN,
  ['SQL servers go', undefined, [`---\n${TIDB_GROUP}`, ''], 'servers-removed'],
  [
    'SQL servers go that no Service leads to',
    ['  service:\n    type: ClusterIP\n', ''],
    [`---\n${TIDB_GROUP.replace('  service:\n    type: ClusterIP\n', '')}`, ''],
  ],
  [
    'SQL servers go that are none',
    ['replicas: 2', 'replicas: 0'],
    [`---\n${TIDB_GROUP.replace('replicas: 2', 'replicas: 0')}`, ''],
  ],
  ...COLUMNS,
  ['the last SQL servers go', undefined, ['replicas: 2', 'replicas: 0'], 'servers-removed'],
  ...['ticdc', 'tiproxy', 'pump'].map((name): [string, Change | undefined, Change, ...string[]] => [
    `the last servers of ${name} go`,
    ['spec:\n  version', `spec:\n  ${name}: {replicas: 2, requests: {storage: 1Gi}}\n  version`],
    [`${name}: {replicas: 2`, `${name}: {replicas: 0`],
    'servers-removed',
  ]),
  ['PD goes', undefined, ['pingcap/pd\n    replicas: 3', 'pingcap/pd\n    replicas: 0'], 'servers-removed'],
  ['all but one go', undefined, ['replicas: 2', 'replicas: 1']],
  ...SERVICE_TYPES,
  ['SQL servers lose their Service', undefined, ['  service:\n    type: ClusterIP\n', ''], 'service-removed'],
  [
    'SQL servers get one',
    ['  service:\n    type: ClusterIP\n', ''],
    ['replicas: 2\n', 'replicas: 2\n  service: {type: ClusterIP}\n'],
  ],
  [
    'volumes are deleted with their claims',
    undefined,
    retains('  pvReclaimPolicy: Delete\n'),
    'reclaim-policy-changed',
  ],
  [
    'volumes are recycled',
    retains('  pvReclaimPolicy: Retain\n'),
    ['Policy: Retain', 'Policy: Recycle'],
    'reclaim-policy-changed',
  ],
  ['volumes are retained again', retains('  pvReclaimPolicy: Delete\n'), ['  pvReclaimPolicy: Delete\n', '']],
  ['SQL servers are renamed', undefined, ['name: web', 'name: net'], 'group-renamed'],
  [
    'a store more is lost than five replicas bear',
    pd('{replication: {max-replicas: 5}}'),
    ['replicas: 3\n  requests:', 'replicas: 0\n  requests:'],
    'quorum-at-risk',
    'store-scale-in',
    'too-few-stores',
  ],
  [
    'two of three stores go where five replicas bear it',
    pd('{replication: {max-replicas: 5}}'),
    ['replicas: 3\n  requests:', 'replicas: 2\n  requests:'],
    'store-scale-in',
  ],
  [
    'stores go and others restart',
    [
      'replicas: 3\n    requests:\n      storage: 100Gi',
      'replicas: 3\n    limits: {memory: 1Gi}\n    requests:\n      storage: 100Gi',
    ],
    ['limits: {memory: 1Gi}', 'limits: {memory: 2Gi}'],
  ],
  ['the base loses its volumes’ size', undefined, ['storage: 100Gi', 'storage: 50Gi'], 'volume-shrunk'],
  [
    'the base gets another volume',
    undefined,
    [
      '      storage: 100Gi\n',
      '      storage: 100Gi\n    storageVolumes: [{name: logs, storageSize: 5Gi, mountPath: /logs}]\n',
    ],
    'claims-changed',
  ],
  [
    'the same, where the operator replaces volumes',
    ['  timezone: UTC\n', '  timezone: UTC\n  enablePVCReplace: true\n'],
    [
      '      storage: 100Gi\n',
      '      storage: 100Gi\n    storageVolumes: [{name: logs, storageSize: 5Gi, mountPath: /logs}]\n',
    ],
  ],
  [
    'a volume is mounted elsewhere',
    hot('  storageVolumes: [{name: logs, storageSize: 5Gi, mountPath: /logs}]\n'),
    ['mountPath: /logs', 'mountPath: /other'],
    'volume-moved',
  ],
  [
    'TLS for clients',
    undefined,
    ['  type: ClusterIP\n', '  type: ClusterIP\n  tlsClient: {enabled: true}\n'],
    'tls-switched',
  ],
  ['a patch release', version('v8.5.1'), ['version: v8.5.1', 'version: v8.5.7'], 'stores-roll-together'],
  [
    'the next long-term release',
    version('v8.1.2'),
    ['version: v8.1.2', 'version: v8.5.7'],
    'stores-roll-together',
  ],
  [
    'one is left out',
    version('v7.5.1'),
    ['version: v7.5.1', 'version: v8.5.7'],
    'stores-roll-together',
    'version-skipped',
  ],
  [
    'a refused key, with what holds without it',
    undefined,
    hot('  config: {storage: {api-version: 1, enable-ttl: false}}\n'),
  ],
  [
    'another engine directory',
    hot('  config: {raft-engine: {dir: /a}}\n'),
    ['dir: /a', 'dir: /b'],
    'config-refused',
  ],
  [
    'a label of the stores goes',
    hot('  config: {server: {labels: {zone: a, host: b}}}\n'),
    [', host: b', ''],
    'placement-changed',
  ],
  [
    'a label for the first time',
    undefined,
    hot('  config: {server: {labels: {zone: a}}}\n'),
    'placement-changed',
  ],
  [
    'the keys that PD looks at',
    pd('{replication: {location-labels: [zone]}}'),
    ['[zone]', '[zone, host]'],
    'placement-changed',
  ],
  ['a component goes', undefined, [CLUSTER.slice(CLUSTER.indexOf('  tikv:\n')), ''], 'component-removed'],
  ['SQL servers get an autoscaler', undefined, autoscaled('web'), 'replicas-handed-over'],
  ['a single SQL server does', ['replicas: 2', 'replicas: 1'], autoscaled('web')],
  ['stores do', undefined, autoscaled('hot'), 'replicas-handed-over'],
  [
    'stores do, and are all that there are',
    [CLUSTER.slice(CLUSTER.indexOf('  tikv:\n')), ''],
    autoscaled('hot'),
    'replicas-handed-over',
  ],
  ['suspended stores do', hot('  suspendAction: {suspendStatefulSet: true}\n'), autoscaled('hot')],
  ['SQL servers lose their autoscaler', autoscaled('web'), undone(autoscaled('web'))],
  ['stores lose it', autoscaled('hot'), undone(autoscaled('hot')), 'replicas-taken-back'],
  ['autoscaled stores change otherwise', autoscaled('hot'), ['type: ClusterIP', 'type: NodePort']],
  [
    'autoscaled stores get another number',
    autoscaled('hot'),
    ['replicas: 3\n  requests:', 'replicas: 1\n  requests:'],
  ],
  [
    'servers come back',
    hot('  suspendAction: {suspendStatefulSet: true}\n'),
    ['  suspendAction: {suspendStatefulSet: true}\n', ''],
  ],
];

describe.each(EDGES.map((edge) => ({ edge, name: edge[0] })))('$name', ({ edge }) => {
  const [, given, change, ...codes] = edge;
  const old = given === undefined ? ALL : replaced(ALL, given);

  test(codes.length === 0 ? 'is no danger' : `is ${codes.join(', ')}`, async () => {
    expect(codesOf((await planOf(old, replaced(old, change))).dangers)).toEqual(codes);
  });
});

test('a change with several dangers is applied once, after the steps for all of them', async () => {
  const sides = (replicas: number) =>
    stream(
      PLAIN,
      CLUSTER,
      ...['hot', 'cold'].map((name) =>
        tikvGroup(name, 'basic').replace('replicas: 3', `replicas: ${replicas}`),
      ),
    );
  const { dangers } = await planOf(sides(5), sides(4));
  const applied = dangers.flatMap(({ instead }) => instead.filter((step) => step.startsWith('Then apply')));
  expect(new Set(applied)).toEqual(
    new Set([
      'Then apply this change, once the steps before this one are done for every danger that has them.',
    ]),
  );
  expect(applied.length).toBe(2);
});

describe('groups that the operator runs', () => {
  const as = (...parts: readonly string[]) => stream(AS_CLUSTERS, CLUSTER, ...parts);
  const codes = async (old: string, now: string) => codesOf((await planOf(old, now)).dangers);

  test('are drained where they get fewer stores', async () => {
    expect(await codes(as(TIKV_GROUP), as(TIKV_GROUP.replace('replicas: 3', 'replicas: 2')))).toEqual([]);
  });

  test('are not where they go as a whole', async () => {
    expect(await codes(as(TIKV_GROUP), as(TIDB_GROUP))).toEqual(['store-removal']);
  });

  test('get larger volumes', async () => {
    expect(await codes(as(TIKV_GROUP), as(TIKV_GROUP.replace('200Gi', '300Gi')))).toEqual([]);
  });

  test('roll beside each other, as the operator takes each TidbCluster by itself', async () => {
    const two = (memory: string) =>
      as(...['hot', 'cold'].map((name) => tikvGroup(name, 'basic', `  limits: {memory: ${memory}}\n`)));
    expect(await codes(two('1Gi'), two('2Gi'))).toEqual(['stores-roll-together']);
  });
});

describe('an autoscaler gets the number of a StatefulSet', () => {
  const dangersOf = async (group: string, name: string) => {
    const now = stream(CLUSTER, replaced(group, autoscaled(name)));
    return (await planOf(stream(CLUSTER, group), now)).dangers;
  };

  test('and the way to hand it over is printed with names and numbers', async () => {
    const [danger] = await dangersOf(TIDB_GROUP, 'web');
    expect(danger?.message).toContain('it stops web-tidb-1, and one pod');
    expect(danger?.movesBytes).toBeUndefined();
    expect(danger?.instead).toEqual([
      expect.stringContaining(
        `\`echo '{"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"web-tidb","namespace":"db"},"spec":{"replicas":2}}' | kubectl -n db apply --server-side --field-manager=autoscaler -f -\``,
      ),
      expect.stringContaining('`kubectl -n db apply edit-last-applied statefulset/web-tidb`'),
      'Then confirm this change and apply it.',
    ]);
  });

  test('of stores, whose data is told', async () => {
    const [danger] = await dangersOf(TIKV_GROUP, 'hot');
    expect(danger?.message).toContain('it stops hot-tikv-2, hot-tikv-1 without moving the data away');
    expect(danger?.message).toContain('a region with most of its 3 replicas there is lost with them');
    expect(danger?.movesBytes).toBe(2 * 200 * 1024 ** 3);
    expect(danger?.instead[0]).toMatch(/^It is better not to autoscale stores/);
  });

  test('and where a new StatefulSet is to be made later, it must not begin with one pod', async () => {
    const old = stream(CLUSTER, replaced(TIKV_GROUP, autoscaled('hot')));
    const steps = async (...sides: readonly [string, string]) =>
      (await planOf(...sides)).dangers.flatMap(({ instead }) => instead).join('\n');
    expect(await steps(old, old.replace('200Gi', '300Gi'))).toMatch(
      /get statefulset hot-tikv -o jsonpath=\{.spec.replicas\}.*\n.*--cascade=orphan.*\n.*kubectl create/,
    );
    const own = stream(CLUSTER, TIKV_GROUP);
    expect(await steps(own, own.replace('200Gi', '300Gi'))).not.toContain('kubectl create');
  });
});

test('a cluster that goes with its groups is one danger, and nobody is asked to annotate it', async () => {
  const other = CLUSTER.replace('name: basic', 'name: other');
  const { dangers, counts } = await planOf(stream(ALL, other), other);
  expect(dangers.map(({ code, confirmIn }) => [code, confirmIn])).toEqual([['cluster-removed', '']]);
  expect(counts).toMatchObject({ deleted: 4, unchanged: 2 });
});

describe('what confirms a danger', () => {
  const fewer = (from: number, to: number): [string, string] => [
    stream(CLUSTER, TIKV_GROUP.replace('replicas: 3', `replicas: ${from}`)),
    stream(CLUSTER, TIKV_GROUP.replace('replicas: 3', `replicas: ${to}`)),
  ];
  const tokens = async ([old, now]: readonly [string, string]) =>
    (await planOf(old, now)).dangers.map(({ confirm }) => confirm);

  test('is the same for the same change, whatever else is in the files or in which order', async () => {
    const [old, now] = fewer(5, 4);
    const [first] = await tokens([old, now]);
    // FNV-1a of `["store-scale-in","hot-tikv","db",5,4]`. People have it in their files, so it never changes.
    expect(first).toBe('store-scale-in@ef6686f');
    const other = now.replace('timezone: UTC', 'timezone: Asia/Tokyo');
    expect(await tokens([old, other])).toContain(first);
    const swapped = stream(
      ...now
        .split('---\n')
        .map((part) => part.trimEnd().concat('\n'))
        .toReversed(),
    );
    expect(await tokens([old, swapped])).toEqual([first]);
  });

  test('is another for another change', async () => {
    const all = await Promise.all([fewer(5, 4), fewer(4, 3), fewer(6, 4), fewer(5, 3)].map(tokens));
    const scaled = all.flat().filter((token) => token.startsWith('store-scale-in'));
    expect(new Set(scaled).size).toBe(4);
    const elsewhere = fewer(5, 4).map((side) => side.replaceAll('name: hot', 'name: cold')) as [
      string,
      string,
    ];
    expect(await tokens(elsewhere)).not.toEqual(await tokens(fewer(5, 4)));
  });

  test('is the same in a comparison and in a guarded render', async () => {
    const small = (text: string) => text.replace('replicas: 3', 'replicas: 1').replace('200Gi', '100Gi');
    const { output } = await run(Buffer.from(resourceList(CLUSTER, TIKV_GROUP)));
    const text = [...output].map((piece) => Buffer.from(piece).toString('utf8')).join('');
    const { messages } = await run(
      Buffer.from(
        text.replace(
          'replicas: 3\n    requests:\n      storage: 200Gi',
          'replicas: 1\n    requests:\n      storage: 100Gi',
        ),
      ),
    );
    const [, line = ''] = /confirm: "([^"]*)"/.exec(messages[0] ?? '') ?? [];
    const compared = await tokens([stream(CLUSTER, TIKV_GROUP), stream(CLUSTER, small(TIKV_GROUP))]);
    expect(line.split(', ')).toEqual(compared);
  });

  const zoned = (name: string, replicas: number, zones: string) =>
    `apiVersion: pingcap.com/v1alpha1\nkind: TiDBGroup\nmetadata: {name: ${name}, namespace: db}\nspec:\n  cluster: {name: basic}\n  replicas: ${replicas}\n  service: {type: LoadBalancer}\n${zones}`;
  const across = CLUSTER.replace('spec:\n', 'spec:\n  acrossK8s: true\n').replace(
    '  tikv:\n',
    '  tiflash: {replicas: 2, storageClaims: [{resources: {requests: {storage: 1Ti}}}]}\n  tikv:\n',
  );

  test.each<[name: string, old: string, now: string]>([
    [
      'a group gets zones',
      stream(CLUSTER, TIKV_GROUP, zoned('web', 2, '')),
      stream(CLUSTER, someStores(9, '  zones: [a, b, c]\n'), zoned('web', 6, '  zones: [a, b, c]\n')),
    ],
    [
      'a zone keeps its name',
      stream(CLUSTER, zoned('web', 6, '  zones: [a, b, c]\n')),
      stream(CLUSTER, zoned('web', 6, '  zones: [{name: a, keepsName: true}, b, c]\n')),
    ],
    [
      'another zone keeps its name',
      stream(CLUSTER, zoned('web', 6, '  zones: [{name: a, keepsName: true}, b, c]\n')),
      stream(CLUSTER, zoned('web', 6, '  zones: [a, {name: b, keepsName: true}, c]\n')),
    ],
    [
      'members go over several Kubernetes clusters',
      stream(across, members('replicas: 2'), columns('ap', 2)),
      stream(across, columns('ap', 2)),
    ],
    [
      'stores of TiFlash go over several Kubernetes clusters',
      stream(across, members('replicas: 2'), columns('ap', 2)),
      stream(
        across.replace('replicas: 2, storageClaims', 'replicas: 4, storageClaims'),
        members('replicas: 2'),
      ),
    ],
  ])('confirms the same in a guarded render where %s', async (_, old, now) => {
    const sandbox = new Sandbox({ 'old.yaml': old, 'now.yaml': now });
    expect(sandbox.groups(['render', '-o', 'out', 'old.yaml'])).toMatchObject({ status: 0 });
    const { status, stderr } = sandbox.groups(['render', '--prune', '-o', 'out', 'now.yaml']);
    expect(status).toBe(1);
    const found = [...stderr.matchAll(/confirm: "([^"]*)"/g)].flatMap(([, list = '']) => list.split(', '));
    expect([...new Set(found)].sort()).toEqual((await tokens([old, now])).toSorted());
  });
});

test('a Service that stays is not said to be removed', async () => {
  const web = (more: string) =>
    tidbGroup('web', 'basic', more).replace('type: ClusterIP', 'type: LoadBalancer');
  const { dangers: found } = await planOf(
    stream(CLUSTER, web('')),
    stream(CLUSTER, web('  zones: [a, b]\n')),
  );
  expect(found.map(({ code }) => code)).toEqual(['servers-removed']);
  expect(found[0]?.message).toContain('the Service web-tidb leads to others from now on');
});

test.each(['tiflash', 'ticdc'])(
  'the start script of %s is in the command, so another version restarts it',
  async (name) => {
    const section = {
      tiflash: '  tiflash: {replicas: 2, storageClaims: [{resources: {requests: {storage: 1Ti}}}]}\n',
      ticdc: '  ticdc: {replicas: 2}\n',
    }[name];
    const given = CLUSTER + section;
    const { workloads } = await planOf(given, given.replace('spec:\n', 'spec:\n  startScriptVersion: v2\n'));
    const [change] = workloads.filter(({ workload }) => workload.endsWith(`: ${name}`));
    expect(change?.verdicts).toEqual(['restarted']);
  },
);

function replaced(text: string, [from, to]: Change): string {
  const now = typeof from === 'string' ? text.replace(from, () => to) : text.replace(from, to);
  if (now === text) throw new Error(`there is no "${from}"`);
  return now;
}

test('a cluster that goes is confirmed in another that stays, and names the groups that go with it', async () => {
  const other = CLUSTER.replace('name: basic', 'name: other');
  const plan = await planOf(stream(ALL, other), other);
  const [danger] = plan.dangers;
  expect(danger?.message).toContain(
    '; with it go TiKVGroup db/hot and TiDBGroup db/web, with volumes of 600Gi',
  );
  const [{ where, line } = { where: '', line: '' }, ...more] = confirmations(plan);
  expect([where, more]).toEqual(['TidbCluster db/other', []]);
  expect(planTable(plan, { colors: false })).toContain(
    `annotate ${where} (metadata.annotations):\n  ${line}`,
  );
  const confirmed = other.replace('\nspec:', `\n  annotations:\n    ${line}\nspec:`);
  expect((await planOf(stream(ALL, other), confirmed)).dangers.map((one) => one.confirmed)).toEqual([true]);
  expect(confirmations(await planOf(ALL, ''))).toEqual([]);
});

test('a zone that no longer keeps its name, or comes to keep it, is told to leave that', async () => {
  const zones = (text: string) => stream(CLUSTER, tikvGroup('hot', 'basic', `  zones: ${text}\n`));
  const [kept, plain] = [zones('[{name: a, keepsName: true}, b, c]'), zones('[a, b, c]')];
  const renamed = async (old: string, now: string) =>
    (await planOf(old, now)).dangers.find(({ code }) => code === 'group-renamed');
  const dropped = await renamed(kept, plain);
  expect(dropped?.message).toMatch(/^the zone "a" of TiKVGroup db\/hot is renamed from hot to hot-a, but /);
  expect(dropped?.instead).toEqual([expect.stringMatching(/^Leave `keepsName: true` in the zone "a" of /)]);
  expect((await renamed(plain, kept))?.instead).toEqual([
    expect.stringMatching(/^Leave the zone "a" of TiKVGroup db\/hot without `keepsName`/),
  ]);
});

test('a label that a shell would take for a variable is quoted in the command that sets it', async () => {
  const exclusive = stream(CLUSTER, tikvGroup('hot', 'basic', '  exclusive: true\n'));
  const { dangers } = await planOf(stream(CLUSTER, TIKV_GROUP), exclusive);
  const commands = dangers
    .flatMap(({ code, instead }) => (code === 'placement-changed' ? instead : []))
    .join('\n');
  expect(commands).toContain(" store label ID '$group=hot'`");
  expect(commands).not.toContain('KEY=VALUE');
});

test('a word that stores were drained, which nothing drained, is said not to count', async () => {
  const to2 = (annotations: string) =>
    TIKV_GROUP.replace('\nspec:', `\n  annotations: {${annotations}}\nspec:`);
  const now = to2('groups.pingcap.com/drained-to: "2"').replace('replicas: 3', 'replicas: 2');
  const messageOf = async (old: string) =>
    (await planOf(stream(CLUSTER, old), stream(CLUSTER, now))).dangers
      .map(({ message }) => message)
      .join('\n');
  expect(await messageOf(TIKV_GROUP)).toContain(
    '`groups.pingcap.com/drained-to: "2"` does not count, because what was there before has no Job that drained them: `groups.pingcap.com/drain-to: "2"` comes first',
  );
  expect(await messageOf(to2('groups.pingcap.com/drain-to: "2"'))).toBe('');
});
