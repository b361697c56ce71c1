import fc from 'fast-check';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { getKey, readConfig } from '../../src/config/index.ts';
import { type MapValue, mapAt } from '../../src/yaml/index.ts';
import { convertText, saidOf } from '../support/convert.ts';
import { renderedOf } from '../support/every-output.ts';
import { at, find, readYaml } from '../support/read-yaml.ts';
import { runs } from '../support/runs.ts';
import { readFixture } from '../support/table.ts';

/** A TidbCluster with PD and what is given of its spec, which is text that is indented by two. */
function cluster(spec: string, metadata = 'name: basic, namespace: tidb'): string {
  return `apiVersion: pingcap.com/v1alpha1
kind: TidbCluster
metadata: {${metadata}}
spec:
  version: v8.5.7
  pd: {replicas: 3, requests: {storage: 10Gi}}
${spec}`;
}

function group(kind: string, spec: string, metadata = 'name: hot, namespace: tidb'): string {
  return `apiVersion: pingcap.com/v1alpha1
kind: ${kind}
metadata: {${metadata}}
spec:
  cluster: {name: basic}
${spec}`;
}

const STORES = '  tikv: {replicas: 3, requests: {storage: 100Gi}}\n';

/** Without what is said of every TidbCluster. */
async function said(...texts: readonly string[]): Promise<string[]> {
  const conversion = await convertText(texts.join('---\n'));
  return saidOf(conversion, '').filter((one) => !one.startsWith('convert-new-cluster'));
}

async function serverOf(text: string, title: string): Promise<MapValue> {
  return mapAt(find((await convertText(text)).resources, title), 'spec', 'template', 'spec');
}

describe('comments', () => {
  test('stay above and behind what stays', async () => {
    const { texts } = await convertText(`# Orders.
apiVersion: pingcap.com/v1alpha1
kind: TidbCluster
metadata:
  name: basic # short
spec:
  version: v8.5.7 # long-term support
  # Three zones.
  pd: # small
    replicas: 3
    requests: {storage: 10Gi}
  tikv:
    # One for each zone.
    replicas: 3
    requests:
      # Grows.
      storage: 100Gi # of NVMe
    config: |
      # Cache.
      [storage.block-cache]
      capacity = "16GB" # half
      [server]
      addr = "x" # gone
    # Needed.
    tolerations:
    # Stores only.
    - key: disk # label
      operator: Exists
    env:
    # Why.
    - name: A # name
      value: "1"
    storageVolumes:
    # Log.
    - name: raft # the log
      storageSize: 10Gi
`);
    const [own = '', placement = '', stores = ''] = texts;
    expect(own).toMatch(/^# Orders\.\napiVersion: core/);
    expect(own).toContain('  name: basic # short\n');
    expect(placement).toMatch(/^# Three zones\.\n# small\napiVersion: core/);
    expect(stores).toBe(`apiVersion: core.pingcap.com/v1alpha1
kind: TiKVGroup
metadata:
  name: basic # short
spec:
  cluster:
    name: basic
  # One for each zone.
  replicas: 3
  template:
    spec:
      version: v8.5.7 # long-term support
      config: |
        # Cache.
        [storage.block-cache]
        capacity = "16GB" # half
        [server]
      overlay:
        pod:
          spec:
            containers:
            - name: tikv
              env:
              # Why.
              - name: A # name
                value: "1"
            # Needed.
            tolerations:
            # Stores only.
            - key: disk # label
              operator: Exists
      updateStrategy:
        config: HotReload
      volumes:
      - name: data
        mounts:
        - type: data
        # Grows.
        storage: 100Gi # of NVMe
      # Log.
      - name: raft # the log
        mounts: []
        storage: 10Gi
`);
  });
});

describe('however it is written', () => {
  const TEXT = cluster(`  # Stores.
  tikv:
    replicas: 3
    requests:
      storage: 1Gi
    env: [{name: A, value: b}]
    tolerations:
    - operator: Exists
`);

  test.each([
    ['with CRLF', TEXT.replaceAll('\n', '\r\n')],
    [
      'with anchors',
      TEXT.replace('{replicas: 3', '{replicas: &three 3').replace('    replicas: 3', '    replicas: *three'),
    ],
    [
      'as JSON',
      JSON.stringify(readYaml(TEXT)[0], (_, value) => (typeof value === 'bigint' ? Number(value) : value)),
    ],
  ])('%s, the same comes of it', async (_, text) => {
    const [plain, other] = [await convertText(TEXT), await convertText(text)];
    expect(other.texts.join('')).not.toContain('\r');
    expect(other.resources).toEqual(plain.resources);
    expect(saidOf(other)).toEqual(saidOf(plain));
  });
});

describe('configs', () => {
  test('of maps keep the comments of their keys', async () => {
    const text = cluster(`  tikv:
    replicas: 3
    requests: {storage: 1Gi}
    # Whole.
    config:
      # Log.
      log-level: warn # quiet
      storage: # below
        # Cache.
        block-cache:
          capacity: 16GB
        # Gone.
        data-dir: /x
`);
    const { texts } = await convertText(text);
    expect(texts.at(-1)).toContain(`      # Whole.
      config: |
        # Log.
        # quiet
        log-level = "warn"

        # below
        [storage]
          # Cache.
          [storage.block-cache]
            capacity = "16GB"
`);
  });

  test('of maps become the text that the operator would write', async () => {
    const text = cluster(
      '  tikv: {replicas: 3, requests: {storage: 1Gi}, config: {server: {grpc-concurrency: 6}}}\n',
    );
    const { config } = await serverOf(text, 'TiKVGroup tidb/basic');
    expect(config).toBe('[server]\n  grpc-concurrency = 6\n');
  });

  test.each<[written: string, inCluster: unknown, inGroup: unknown]>([
    ['', undefined, 3],
    ['  config: {}\n', 3, 3],
    ['  config: {log: {level: warn, file: {max-size: 100}}}\n', 3, 3],
    ['  config: {log: {file: {max-backups: 7}}}\n', 7, 7],
    ['  config: |\n    # Ours.\n    [log]\n    level = "warn"\n', 3, 3],
    ['  config: |\n    [log.file]\n    max-size = 100\n', 3, 3],
    ['  config: |\n    [log]\n    file = {max-size = 100}\n', 3, 3],
    ['  config: |\n    [log.file]\n    max-backups = 0\n', 0, 0],
  ])('of TiDB keep as many old logs as v1 has them keep: %j', async (written, inCluster, inGroup) => {
    const backupsIn = ({ config }: MapValue) => {
      const table = readConfig('tidb', config, 'server', () => undefined);
      return getKey(table, 'log.file.max-backups');
    };
    const own = `  tidb:\n    replicas: 2\n${written.replace(/^(?=.)/gm, '  ')}`;
    const web = group('TiDBGroup', `  replicas: 2\n  service: {}\n${written}`, 'name: web, namespace: tidb');
    const text = `${cluster(`${STORES}${own}`)}---\n${web}`;
    expect(backupsIn(await serverOf(text, 'TiDBGroup tidb/basic'))).toEqual(inCluster);
    expect(backupsIn(await serverOf(text, 'TiDBGroup tidb/web'))).toEqual(inGroup);
    if (written.includes('# Ours.'))
      expect((await convertText(text)).texts.join('').split('# Ours.')).toHaveLength(3);
    // What is rendered for v1 has them, too.
    const rendered = readYaml(await renderedOf(text)).filter(({ kind }) => kind === 'ConfigMap');
    const files = rendered.map((map) => at(map, 'data', 'config-file'));
    expect(files.map((file) => backupsIn({ config: String(file) }))).toEqual([inGroup]);
  });

  test('lose the keys that v2 sets, each named where it stands', async () => {
    const config = "path = 'x'\\n[labels]\\nzone = 'a'\\ntier = 'web'\\n[log]\\nlevel = 'warn'\\n";
    const text = cluster(`${STORES}  tidb: {replicas: 2, config: "${config}"}\n`);
    const lost = (await said(text)).filter((one) => one.startsWith('convert-'));
    expect(lost).toEqual(Array(2).fill('convert-lost TidbCluster spec.tidb.config'));
    const server = await serverOf(text, 'TiDBGroup tidb/basic');
    expect(server.config).toBe('[log]\n  level = "warn"\n  [log.file]\n    max-backups = 3\n');
    expect(server.server).toEqual({ labels: { tier: 'web' } });
  });

  test('that nobody can read are errors', async () => {
    const own = group('TiKVGroup', '  replicas: 3\n  requests: {storage: 1Gi}\n  config: "a = = b"\n');
    expect(await said(cluster(STORES), own)).toEqual(['config-not-toml TiKVGroup spec.config']);
  });

  test('of TiFlash are two', async () => {
    const claims =
      'storageClaims: [{resources: {requests: {storage: 1Gi}}}, {resources: {requests: {storage: 1Gi}}}]';
    const its = `  tiflash: {replicas: 1, ${claims}, config: {config: "a = 1\\n", proxy: "b = 2\\n"}}\n`;
    expect(await serverOf(cluster(its), 'TiFlashGroup tidb/basic')).toMatchObject({
      config: 'a = 1\n',
      proxyConfig: 'b = 2\n',
      volumes: [{ name: 'data', mounts: [{ type: 'data', mountPath: '/data0' }], storage: '1Gi' }],
    });
    expect(await said(cluster(its))).toEqual(['convert-lost TidbCluster spec.tiflash.storageClaims[1]']);
  });

  test('hold what a store is to report as its capacity', async () => {
    const text = cluster('  tikv: {replicas: 3, requests: {storage: 1Ti}, limits: {storage: 500Gi}}\n');
    const { config } = await serverOf(text, 'TiKVGroup tidb/basic');
    expect(config).toBe('[raftstore]\n  capacity = "500GB"\n');
    const more = text.replace('limits:', 'config: "# Why.\\n[raftstore]\\na = 1 # one\\n", limits:');
    const { config: kept } = await serverOf(more, 'TiKVGroup tidb/basic');
    expect(kept).toBe('# Why.\n[raftstore]\ncapacity = "500GB"\na = 1 # one\n');
  });
});

describe('a group', () => {
  test('has what it inherits, and its own before that', async () => {
    const base = cluster(`${STORES}  nodeSelector: {disk: ssd, zone: a}\n  schedulerName: one\n`);
    const own = group('TiKVGroup', '  replicas: 3\n  requests: {storage: 1Gi}\n  nodeSelector: {zone: b}\n');
    const server = await serverOf(`${base}---\n${own}`, 'TiKVGroup tidb/hot');
    expect(at(server, 'overlay', 'pod', 'spec')).toEqual({
      nodeSelector: { disk: 'ssd', zone: 'b' },
      schedulerName: 'one',
    });
    expect(server.version).toBe('v8.5.7');
  });

  test('is in the namespace of its Cluster', async () => {
    const server = '  replicas: 3\n  requests: {storage: 1Gi}\n';
    const elsewhere = group('TiKVGroup', server, 'name: hot, namespace: other').replace(
      '{name: basic}',
      '{name: basic, namespace: tidb}',
    );
    expect(await said(cluster(STORES), elsewhere)).toEqual(['convert-refused TiKVGroup metadata.namespace']);
    const nowhere = elsewhere.replace(', namespace: other', '');
    const { resources } = await convertText(`${cluster(STORES)}---\n${nowhere}`);
    expect(at(find(resources, 'TiKVGroup tidb/hot'), 'spec', 'cluster')).toEqual({ name: 'basic' });
  });

  test('of PD joins the one that is there, which is a feature', async () => {
    const more = group(
      'PDGroup',
      '  replicas: 2\n  requests: {storage: 1Gi}\n',
      'name: west, namespace: tidb',
    );
    const { resources } = await convertText(`${cluster(STORES)}---\n${more}`);
    expect(at(find(resources, 'PDGroup tidb/west'), 'spec', 'bootstrapped')).toBe(true);
    // A false one would take back what the operator writes there.
    expect(at(find(resources, 'PDGroup tidb/basic'), 'spec', 'bootstrapped')).toBeUndefined();
    expect(at(find(resources, 'Cluster tidb/basic'), 'spec', 'featureGates')).toEqual([
      { name: 'MultiPDGroup' },
    ]);
  });

  test('is what a TidbCluster is that joins another, too', async () => {
    const joined = cluster(
      '  cluster: {name: basic, namespace: tidb}\n  tikv: {replicas: 1, requests: {storage: 1Gi}}\n',
      'name: far, namespace: tidb',
    ).replace(/ {2}pd:.*\n/, '');
    const { resources } = await convertText(`${cluster(STORES)}---\n${joined}`);
    expect(
      resources.filter(({ metadata }) => at(metadata, 'name') === 'far').map(({ kind }) => kind),
    ).toEqual(['TiKVGroup']);
    expect(at(find(resources, 'TiKVGroup tidb/far'), 'spec', 'cluster')).toEqual({ name: 'basic' });
    expect(await said(joined)).toEqual(['cluster-not-found TidbCluster spec.cluster.name']);
  });
});

test('comments below the last line of a field, and indented more than it, go along with it', async () => {
  const fields = `  affinity:
    podAntiAffinity: {}
    # c0.

      # c1.
  tolerations:
    - key: a
      operator: Exists
      # c2.
    # c3.
  # About the version.
  version: v8.5.0
`;
  const { texts } = await convertText(
    `${cluster(STORES)}---\n${group('TiKVGroup', `  replicas: 4\n  requests: {storage: 1Ti}\n${fields}`)}`,
  );
  expect(texts.join('')).toMatch(/podAntiAffinity: \{\}\n( *)# c0\.\n\n\1 {2}# c1\.\n/);
  expect(texts.join('')).toMatch(/operator: Exists\n *# c2\.\n/);
  for (const comment of ['# c0.', '# c1.', '# c2.', '# c3.', '# About the version.'])
    expect(texts.join('').split(comment), comment).toHaveLength(2);
});

describe('zones', () => {
  const zoned = (zones: string, more = '') =>
    group('TiKVGroup', `  replicas: 6\n  requests: {storage: 1Ti}\n  zones: ${zones}\n${more}`);
  const policyOf = async (text: string) => {
    const { resources } = await convertText(`${cluster(STORES)}---\n${text}`);
    return at(find(resources, 'TiKVGroup tidb/hot'), 'spec', 'schedulePolicies');
  };
  const topology = (zone: string) => ({ topology: { 'topology.kubernetes.io/zone': zone } });
  const spread = (...topologies: readonly object[]) => [
    { type: 'EvenlySpread', evenlySpread: { topologies } },
  ];

  test('are what one group is spread over', async () => {
    const policy = await policyOf(zoned('[a, {name: b, value: eu-west-1b}]'));
    expect(policy).toEqual(spread(topology('a'), topology('eu-west-1b')));
  });

  test('weigh as many as have servers in them, where they are not alike', async () => {
    const policy = await policyOf(zoned('[{name: a, replicas: 4}, {name: b, replicas: 0}, c]'));
    expect(policy).toEqual(spread({ ...topology('a'), weight: 4n }, { ...topology('c'), weight: 2n }));
  });

  test('keep the comments of the list, of each zone, and of its fields', async () => {
    const says = (count: number) => `c${count}.`;
    const list = (replicas: number) => `
  # ${says(0)}
  zones: # ${says(1)}
  # ${says(2)}
  - name: a # ${says(3)}
    # ${says(4)}
    value: eu-west-1a # ${says(5)}
  # ${says(6)}
  - b # ${says(7)}
  # ${says(8)}
  - {name: c} # ${says(9)}
  - value: eu-west-1d # ${says(10)}
    # ${says(11)}
    name: d # ${says(12)}
    # ${says(13)}
    replicas: ${replicas} # ${says(14)}
`;
    for (const replicas of [2, 5]) {
      const text = group(
        'TiKVGroup',
        `  replicas: ${6 + replicas}\n  requests: {storage: 1Ti}${list(replicas)}`,
      );
      const { texts, resources } = await convertText(`${cluster(STORES)}---\n${text}`);
      const output = texts.join('');
      for (let count = 0; count <= 14; count++) expect(output).toContain(`# ${says(count)}`);
      const topologies = ['eu-west-1a', 'b', 'c', 'eu-west-1d'].map((name) => topology(name));
      const weights = [2n, 2n, 2n, 5n];
      expect(at(find(resources, 'TiKVGroup tidb/hot'), 'spec', 'schedulePolicies')).toEqual(
        spread(
          ...topologies.map((one, index) => (replicas === 2 ? one : { ...one, weight: weights[index] })),
        ),
      );
    }
  });

  test('say which comments are left out, where nothing takes them along', async () => {
    const list = '[\n    a, # first\n    # between\n    b # second\n  ] # behind';
    const { texts, problems } = await convertText(`${cluster(STORES)}---\n${zoned(list)}`);
    const changed = problems.find(({ code }) => code === 'convert-changed')?.message ?? '';
    for (const comment of ['# first', '# between', '# second', '# behind'])
      expect(
        [texts.join('').includes(comment), changed.includes(`"${comment}"`)].filter(Boolean),
      ).toHaveLength(1);
  });

  test.each<[what: string, list: string, lost: readonly string[]]>([
    [
      'one of two that say the same',
      '\n    - {name: a, # spot\n       value: x} # spot\n    - b # spot\n',
      ['# spot', '# spot'],
    ],
    ['those below the last item', '\n    - a\n    - b\n    # - c\n      # later\n', ['# - c', '# later']],
    ['those below dashes in the column of the key', '\n  - a\n  - b\n  # - c\n', ['# - c']],
    [
      'no text of quotes and literal blocks',
      `\n    - name: a\n      annotations: {note: "x #y not a comment", other: 'a #z'}\n    - name: b\n      annotations:\n        text: | # head\n          # in a literal\n          x # too\n`,
      ['# head'],
    ],
  ])('name as left out %s', async (_, list, lost) => {
    for (const more of ['', '  # About the version.\n  version: v8.5.0\n']) {
      const text = group('TiKVGroup', `  replicas: 4\n  requests: {storage: 1Ti}\n  zones:${list}${more}`);
      const { texts, problems } = await convertText(`${cluster(STORES)}---\n${text}`);
      const changed = problems.find(({ code }) => code === 'convert-changed')?.message ?? '';
      const [, names = ''] = /; comments of it that are left out: (.*)$/.exec(changed) ?? [];
      expect(names.match(/"#[^"]*"/g) ?? []).toEqual(lost.map((comment) => `"${comment}"`));
      if (more !== '') expect(texts.join('')).toContain('# About the version.\n');
    }
  });

  test.each([
    '',
    '  config: {raftstore: {messages-per-tick: 512}}\n',
    '  config: |\n    # Ours.\n    [server]\n',
  ])('have beside them labels whose comments stay: %j', async (config) => {
    const labels = '  # Alone.\n  exclusive: true # c1\n  groupLabel: true # c2\n';
    const { texts, problems } = await convertText(
      `${cluster(STORES)}---\n${group('TiKVGroup', `  replicas: 4\n  requests: {storage: 1Ti}\n${labels}${config}`)}`,
    );
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    for (const comment of ['# Alone.\n', '# c1\n', '# c2\n'])
      expect(texts.join('').split(comment)).toHaveLength(2);
  });

  test('are named where they stand, with what each of them says alone', async () => {
    const text = zoned(
      '[{name: a, keepsName: true, replicas: 6}, {name: b, annotations: {team: orders}, replicas: 0}]',
    );
    expect(await said(cluster(STORES), text)).toEqual([
      'convert-changed TiKVGroup spec.zones',
      'convert-lost TiKVGroup spec.zones[0].keepsName',
      'convert-lost TiKVGroup spec.zones[1].annotations',
      'convert-lost TiKVGroup spec.zones[1]',
    ]);
  });

  test.each([
    '',
    '  config: {raftstore: {messages-per-tick: 512}}\n',
    '  config: |\n    # Ours.\n    [server]\n',
  ])('keep comments, and the labels of the group go into its config, with %j', async (config) => {
    const { texts, resources } = await convertText(
      `${cluster(STORES)}---\n${zoned('[a, b]', `  exclusive: true # no others\n  groupLabel: true\n${config}`).replace('6', '6 # in two')}`,
    );
    const its = mapAt(find(resources, 'TiKVGroup tidb/hot'), 'spec', 'template', 'spec');
    expect(readConfig('tikv', its.config, 'server', () => undefined).get('server')).toEqual(
      new Map([['labels', new Map(Object.entries({ $group: 'hot', group: 'hot' }))]]),
    );
    expect(String(its.config).includes('# Ours.')).toBe(config.includes('# Ours.'));
    expect(texts.join('')).toContain('replicas: 6 # in two\n');
  });
});

describe('what a container may use', () => {
  test.each([
    [
      'requests: {cpu: 2, memory: 4Gi}, limits: {cpu: "2", memory: 4096Mi}',
      { cpu: '2', memory: '4096Mi' },
      undefined,
    ],
    ['limits: {cpu: 2}', { cpu: 2n }, undefined],
    ['requests: {cpu: 2}', undefined, { requests: { cpu: 2n } }],
    [
      'requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 2, memory: 1Gi}',
      { memory: '1Gi' },
      { requests: { cpu: 1n }, limits: { cpu: 2n } },
    ],
    ['limits: {nvidia.com/gpu: 1}', undefined, { limits: { 'nvidia.com/gpu': 1n } }],
  ])('%s', async (written, short, overlay) => {
    const server = await serverOf(
      cluster(`${STORES}  ticdc: {replicas: 1, ${written}}\n`),
      'TiCDCGroup tidb/basic',
    );
    expect(server.resources).toEqual(short);
    expect(at(server, 'overlay', 'pod', 'spec', 'containers', 'ticdc', 'resources')).toEqual(overlay);
  });
});

test('what says how a resource is deleted is named', async () => {
  const owner = '{apiVersion: v1, kind: ConfigMap, name: a, uid: u}';
  const written = `uid: u, generation: 2, finalizers: [a/b], ownerReferences: [${owner}]`;
  const its = cluster(STORES, `name: basic, namespace: tidb, ${written}`);
  const lost = ['finalizers', 'ownerReferences'].map((field) => `convert-lost TidbCluster metadata.${field}`);
  expect(await said(its)).toEqual(lost);
  const empty = cluster(STORES, 'name: basic, namespace: tidb, finalizers: [], ownerReferences: []');
  expect(await said(empty)).toEqual([]);
});

describe('what v2 would not take', () => {
  test.each([
    ['a long name', cluster(STORES, `name: ${'n'.repeat(38)}`), 'metadata.name'],
    ['no version', cluster(STORES).replace(/ {2}version.*\n/, ''), 'spec.pd.version'],
    ['a word for a version', cluster(STORES).replace('v8.5.7', 'nightly'), 'spec.version'],
    [
      'a volume in the way',
      cluster(
        '  tikv: {replicas: 1, requests: {storage: 1Gi}, storageVolumes: [{name: data, storageSize: 1Gi}]}\n',
      ),
      'spec.tikv.storageVolumes[0].name',
    ],
  ])('%s', async (_, text, path) => {
    const { texts, problems } = await convertText(text);
    expect(saidOf({ problems }, 'convert-refused')).toContain(`convert-refused TidbCluster ${path}`);
    expect(texts).toEqual([]);
  });

  test('two groups of one name', async () => {
    const server = '  replicas: 3\n  requests: {storage: 1Gi}\n';
    const own = group('TiKVGroup', server, 'name: basic, namespace: tidb');
    expect(await said(cluster(STORES), own)).toEqual(['collision TiKVGroup metadata.name']);
  });
});

test.each([
  ...[
    'v8.5.7',
    '8.5.7',
    'v8.5.7-alpha',
    'v8.5.7-alpha.1',
    'v8.5.7-0',
    'v8.5.7-rc-1.x',
    'v8.5.7-0a',
    'v1.0.0-0-x',
  ],
  ...[
    'v8.5',
    'v8',
    'V8.5.7',
    'v8.5.7-',
    'v8.5.7-a..b',
    'v8.5.7-01',
    'v8.5.7-a_b',
    'v08.5.7',
    'v8.5.7.1',
    'latest',
  ],
])('the version %s is taken where v2 takes it', async (version) => {
  const { patterns } = readFixture<{ patterns: { version: string } }>('facts/operator-v2.yaml');
  const { texts } = await convertText(cluster(STORES).replace('v8.5.7', JSON.stringify(version)));
  expect(texts.length > 0).toBe(new RegExp(patterns.version).test(version));
});

test('the tag of an image is the version where there is none', async () => {
  const text = cluster(STORES)
    .replace(/ {2}version.*\n/, '')
    .replaceAll('{replicas: 3', '{image: example/server:v8.1.0, replicas: 3');
  expect(await serverOf(text, 'TiKVGroup tidb/basic')).toMatchObject({
    image: 'example/server:v8.1.0',
    version: 'v8.1.0',
  });
});

test('containers that are merged into the own one, and mounts of its volumes, are there still', async () => {
  const more = `    securityContext: {runAsUser: 7}
    limits: {example.com/disk: 1}
    separateRaftLog: true
    storageVolumes: [{name: raft, storageSize: 1Gi, mountPath: /raft}]
    additionalContainers:
    - {name: tikv, image: example/own:v1, securityContext: {runAsGroup: 8}, resources: {limits: {memory: 1Gi}}, env: [{name: A, value: b}]}
    - {name: raftlog, image: busybox, args: [x]}
    - {name: look, image: busybox, volumeMounts: [{name: tikv-raft, mountPath: /raft}, {name: config, mountPath: /c}]}
    env: [{name: A, value: a}]
`;
  const text = cluster(`  tikv:\n    replicas: 3\n    requests: {storage: 1Gi}\n${more}`);
  const containers = at(await serverOf(text, 'TiKVGroup tidb/basic'), 'overlay', 'pod', 'spec', 'containers');
  expect(containers).toEqual([
    {
      name: 'look',
      image: 'busybox',
      volumeMounts: [
        { name: 'ti-vol-raft', mountPath: '/raft' },
        { name: 'config', mountPath: '/c' },
      ],
    },
    {
      name: 'tikv',
      env: [{ name: 'A', value: 'b' }],
      image: 'example/own:v1',
      resources: { limits: { 'example.com/disk': 1n, memory: '1Gi' } },
      securityContext: { runAsGroup: 8n, runAsUser: 7n },
    },
  ]);
  expect(await said(text)).toEqual([
    'convert-lost TidbCluster spec.tikv.separateRaftLog',
    'convert-lost TidbCluster spec.tikv.additionalContainers[1]',
    'convert-changed TidbCluster spec.tikv.additionalContainers[2].volumeMounts[1].name',
  ]);
});

describe('all other resources', () => {
  const OTHERS = [
    '# Above.\napiVersion: v1\nkind: ConfigMap\nmetadata: {name:   odd,  annotations: {config.kubernetes.io/local-config: "true"}}\ndata: {a: "b"} # behind\n',
    '{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "json"}}\n',
    'apiVersion: apps/v1\r\nkind: Deployment\r\nmetadata:\r\n  name: windows\r\n',
    'apiVersion: v1\nkind: Service\nmetadata: &m\n  name: anchors\nspec: {selector: {<<: *m}}\n\n\n# Below.\n',
  ];

  test('stay as they are, byte for byte, in their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...OTHERS, cluster(STORES)], { minLength: 1 }), async (some) => {
        if (!some.includes(cluster(STORES))) return;
        const { texts } = await convertText(some.join('---\n'));
        const others = some.filter((text) => OTHERS.includes(text));
        expect(texts.filter((text) => !text.includes('core.pingcap.com'))).toEqual(others);
      }),
      { numRuns: runs(160) },
    );
  });

  test('are left out where a tool reads them to find what was converted', async () => {
    const kustomization =
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [cluster.yaml]\n';
    expect(await said(cluster(STORES), kustomization)).toEqual(['convert-lost Kustomization kind']);
    const { resources } = await convertText(`${cluster(STORES)}---\n${kustomization}`);
    expect(resources.map(({ kind }) => kind)).toEqual(['Cluster', 'PDGroup', 'TiKVGroup']);
  });

  test('are named where v2 does not read them, or they refer to what goes', async () => {
    const monitor =
      'apiVersion: pingcap.com/v1alpha1\nkind: TidbMonitor\nmetadata: {name: m, namespace: tidb}\nspec: {clusters: [{name: basic}]}\n';
    const scaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: s, namespace: tidb}
spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: pingcap.com/v1alpha1, kind: TiDBGroup, name: web}}
`;
    expect(await said(cluster(STORES), monitor, scaler)).toEqual([
      'convert-lost TidbMonitor kind',
      'convert-changed HorizontalPodAutoscaler spec.scaleTargetRef.apiVersion',
    ]);
  });

  describe('that scale the servers of a StatefulSet are named, with the group that these become', () => {
    const scaler = (kind: string, apiVersion: string, field: string, name: string) =>
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: s, namespace: tidb}\nspec: {maxReplicas: 3, ${field}: {apiVersion: apps/v1, kind: StatefulSet, name: ${name}}}\n`;
    const groups = [
      cluster(`${STORES}  tidb: {replicas: 2}\n`),
      group('TiDBGroup', '  replicas: 2\n', 'name: web, namespace: tidb'),
      group(
        'TiDBGroup',
        '  replicas: 2\n  zones: [{name: a, keepsName: true}, b]\n',
        'name: sql, namespace: tidb',
      ),
    ];
    test.each([
      ['HorizontalPodAutoscaler', 'autoscaling/v2', 'scaleTargetRef'],
      ['ScaledObject', 'keda.sh/v1alpha1', 'scaleTargetRef'],
      ['VerticalPodAutoscaler', 'autoscaling.k8s.io/v1', 'targetRef'],
    ])('by a %s', async (kind, apiVersion, field) => {
      const namedFor = async (name: string) => {
        const { problems } = await convertText(
          [...groups, scaler(kind, apiVersion, field, name)].join('---\n'),
        );
        return problems
          .filter(({ origin }) => origin?.id.kind === kind)
          .map(({ code, path, message }) => [code, path?.join('.'), /name: (\w+)}/.exec(message)?.[1]]);
      };
      const named = (name: string) => [['convert-changed', `spec.${field}.name`, name]];
      expect(await namedFor('web-tidb')).toEqual(named('web'));
      expect(await namedFor('basic-tidb')).toEqual(named('basic'));
      expect(await namedFor('sql-tidb')).toEqual(named('sql'));
      expect(await namedFor('sql-b-tidb')).toEqual(named('sql'));
      expect(await namedFor('other-tidb')).toEqual([]);
    });

    test('by a name that YAML reads as text', async () => {
      const sources = [
        cluster(STORES),
        group('TiDBGroup', '  replicas: 2\n', 'name: "no", namespace: tidb'),
        scaler('HorizontalPodAutoscaler', 'autoscaling/v2', 'scaleTargetRef', 'no-tidb'),
      ];
      const { problems } = await convertText(sources.join('---\n'));
      const [, written] =
        /write the group: (\{.*\})/.exec(problems.map(({ message }) => message).join('\n')) ?? [];
      expect(load(written ?? '', { schema: YAML11_SCHEMA })).toMatchObject({ kind: 'TiDBGroup', name: 'no' });
    });
  });
});

describe('what was rendered', () => {
  const sources = `${cluster(STORES)}---\n${group('TiKVGroup', '  replicas: 4\n  requests: {storage: 1Ti}\n  zones: [a, b]\n')}---\n${group('TiDBGroup', '  replicas: 2\n  service: {}\n', 'name: web, namespace: tidb')}`;
  const settings = (output: string) =>
    `---\napiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: c}\nspec: {output: ${output}}\n`;

  test.each(['Workloads', 'TidbCluster'])('is no source, and that is an error (%s)', async (output) => {
    const text = await renderedOf(sources + settings(output));
    const { texts, problems } = await convertText(text);
    expect(texts).toEqual([]);
    const named = problems.flatMap(({ code, message }) =>
      code === 'convert-rendered' ? (/the (\w+ "[^"]*"),/.exec(message)?.[1] ?? '') : [],
    );
    expect(named.sort()).toEqual(['TiDBGroup "web"', 'TiKVGroup "hot-a"', 'TiKVGroup "hot-b"']);
  });

  test('is left out beside its sources, and each group says so once', async () => {
    const [base = ''] = sources.split('---\n');
    const text = (await renderedOf(sources)) + sources.slice(base.length - '---\n'.length + 4);
    const { resources, problems } = await convertText(text);
    expect(new Set(resources.map(({ apiVersion }) => apiVersion))).toEqual(
      new Set(['core.pingcap.com/v1alpha1']),
    );
    expect(
      problems.filter(({ message }) => message.includes('it is left out, with all else that was')),
    ).toHaveLength(2);
  });

  test.each<[what: string, change: (text: string) => string]>([
    ['a misspelled field', (text) => text.replace('replicas: 4\n', 'replicaz: 4\n')],
    ['a TidbCluster twice', (text) => `${cluster(STORES)}---\n${text}`],
    ['a zone without a name', (text) => text.replace('[a, b]', '[a, {nam: b}]')],
    ['zones that are no list', (text) => text.replace('[a, b]', 'a')],
  ])('is not missed beside sources with %s', async (_, change) => {
    const { texts, problems } = await convertText(`${await renderedOf(sources)}---\n${change(sources)}`);
    expect(texts).toEqual([]);
    expect(problems.filter(({ severity }) => severity === 'error')).not.toEqual([]);
    expect(problems.filter(({ code }) => code === 'convert-rendered')).toEqual([]);
  });

  test('is missed where a TidbCluster alone is left of it', async () => {
    const [base = ''] = (await renderedOf(sources)).split('---\n');
    expect(await said(base)).toContain(
      'convert-rendered TidbCluster metadata.annotations["groups.pingcap.com/tidb"]',
    );
  });
});
