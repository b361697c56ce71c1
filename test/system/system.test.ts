import { describe, expect, test } from 'vitest';
import type { Servers } from '../../src/system/index.ts';
import { CLUSTER, cluster, stream, TIDB_GROUP, TIKV_GROUP, tidbGroup, tikvGroup } from '../support/basic.ts';
import { Sandbox } from '../support/sandbox.ts';
import { serversNamed, systemIn, systemNamed } from '../support/system.ts';

const everything = await systemNamed('everything');

/** What a TiKVGroup `hot` with a few lines more in its spec comes to; requests of its own replace the usual ones. */
async function hot(spec: string): Promise<Servers> {
  const usual = '  requests:\n    storage: 200Gi\n';
  const group = tikvGroup('hot', 'basic').replace(spec.includes('  requests:') ? usual : '', '') + spec;
  return serversNamed(await systemIn(CLUSTER, group), 'hot', 'tikv');
}

async function web(spec: string): Promise<Servers> {
  return serversNamed(await systemIn(CLUSTER, tidbGroup('web', 'basic', spec)), 'web', 'tidb');
}

test('base first, in the order of TiDB Operator, then groups', () => {
  expect(everything.clusters.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual([
    'database/prod',
    'elsewhere/other',
  ]);
  const [cluster] = everything.clusters;
  expect(cluster?.servers.map(({ kind, name, component }) => `${kind} ${name} ${component}`)).toEqual([
    'TidbCluster prod pd',
    'TidbCluster prod tiproxy',
    'TidbCluster prod tiflash',
    'TidbCluster prod tikv',
    'TidbCluster prod pump',
    'TidbCluster prod tidb',
    'TidbCluster prod ticdc',
    'TiKVGroup hot-nvme-zone-a tikv',
    'TiKVGroup cold tikv',
    'TiKVGroup archive tikv',
    'TiDBGroup analytics tidb',
    'TiDBGroup batch tidb',
  ]);
});

describe('what all pods of a group ask for', () => {
  test.each<[what: string, spec: string, total: Partial<Servers['total']>]>([
    ['nothing', '', { pods: 3, cpu: '0', memory: '0', storage: '600Gi' }],
    [
      'requests',
      '  limits: {cpu: "4"}\n  requests: {cpu: 1500m, memory: 2Gi, storage: 1Gi}\n',
      { cpu: '4500m', memory: '6Gi', storage: '3Gi' },
    ],
    [
      'limits alone, which Kubernetes sets aside',
      '  limits: {cpu: "4", memory: 1000M}\n',
      { cpu: '12', memory: '3G' },
    ],
    [
      'more volumes',
      '  storageVolumes: [{name: raft, storageSize: 512Mi, mountPath: /raft}]\n',
      { storage: '615936Mi' },
    ],
    [
      'another container in the pod',
      '  additionalContainers: [{name: watch, image: "watch:1", resources: {requests: {cpu: 100m}, limits: {memory: 64Mi}}}]\n',
      { cpu: '300m', memory: '192Mi' },
    ],
    [
      'nothing of what is suspended but its volumes',
      '  limits: {cpu: "4"}\n  suspendAction: {suspendStatefulSet: true}\n',
      { pods: 0, cpu: '0', storage: '600Gi' },
    ],
  ])('%s', async (_, spec, total) => {
    expect((await hot(spec)).total).toMatchObject(total);
  });

  test('and all pods of a cluster', () => {
    // By hand: CPU 3×1 + 2×0.5 + 3×4 + 2×4 + 3×8 + 2×16; memory 3×2 + 2×1 + 3×16 + 2×8 + 3×32 + 2×64;
    // storage 3×10 + 2×2048 + 3×500 + 3×20 + 3×1074 + 3×4096 + 3×8192.
    expect(everything.clusters[0]?.total).toEqual({
      pods: 26,
      cpu: '80',
      memory: '296Gi',
      storage: '45772Gi',
    });
  });
});

describe('where a group runs', () => {
  const nothing = {
    zones: [],
    nodes: {},
    spreadOver: [],
    labels: {},
    labelsFromNodes: [],
    data: 'of any table',
  };
  test.each<[what: string, spec: string, placement: Partial<Servers['placement']>]>([
    ['anywhere', '', {}],
    [
      'nodes of a zone',
      '  nodeSelector: {topology.kubernetes.io/zone: a, disk: nvme}\n',
      { zones: ['a'], nodes: { disk: 'nvme' } },
    ],
    [
      'nodes of one of two zones',
      '  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: topology.kubernetes.io/zone, operator: In, values: [a, b]}, {key: gpu, operator: DoesNotExist}]}]}}}\n',
      { zones: ['a', 'b'] },
    ],
    [
      'stores with labels, from a map',
      '  config: {server: {labels: {zone: a, "disk.type": nvme}}}\n',
      { zones: ['a'], labels: { zone: 'a', 'disk.type': 'nvme' } },
    ],
    [
      'stores with labels, from TOML',
      '  config: |\n    [server]\n    labels = {disk = "nvme"}\n',
      { labels: { disk: 'nvme' } },
    ],
    [
      'stores that only have what is asked for by their label',
      '  config: {server: {labels: {exclusive: archive}}}\n',
      { labels: { exclusive: 'archive' }, data: 'of policies' },
    ],
    [
      'the same by a label that begins with a dollar',
      '  config: {server: {labels: {$tier: archive}}}\n',
      { labels: { $tier: 'archive' }, data: 'of policies' },
    ],
    [
      'stores with labels from the environment',
      '  env: [{name: STORE_LABELS, value: "zone=b,host=h1"}]\n',
      { zones: ['b'], labels: { zone: 'b', host: 'h1' } },
    ],
    ['spread', '  topologySpreadConstraints: [{topologyKey: zone}]\n', { spreadOver: ['zone'] }],
    [
      'apart from each other',
      '  affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: kubernetes.io/hostname}}]}}\n',
      { spreadOver: ['kubernetes.io/hostname'] },
    ],
  ])('%s', async (_, spec, placement) => {
    expect((await hot(spec)).placement).toEqual({ ...nothing, ...placement });
  });

  test.each([
    [
      'from its proxy and, where it reads the ConfigMap itself, from the environment',
      'true',
      { disk: 'nvme', zone: 'b' },
    ],
    ['from its proxy only, where nothing passes the others on', 'false', { disk: 'nvme' }],
  ])('a TiFlash with labels %s', async (_, isMounted, labels) => {
    const columns = `apiVersion: pingcap.com/v1alpha1
kind: TiFlashGroup
metadata: {name: columns, namespace: db}
spec:
  cluster: {name: basic}
  replicas: 1
  storageClaims: [{resources: {requests: {storage: 1Ti}}}]
  annotations: {tiflash.tidb.pingcap.com/mount-cm-in-tiflash-container: "${isMounted}"}
  env: [{name: STORE_LABELS, value: zone=b}]
  config: {proxy: {server: {labels: {disk: nvme}}}}
`;
    const { placement } = serversNamed(await systemIn(CLUSTER, columns), 'columns', 'tiflash');
    expect(placement.labels).toEqual(labels);
  });

  test('a SQL server with labels', async () => {
    const { placement } = await web('  config: {labels: {zone: c}}\n');
    expect(placement).toMatchObject({ zones: ['c'], labels: { zone: 'c' } });
  });

  test('a base whose stores take over labels of their nodes', () => {
    const { placement } = serversNamed(everything, 'prod', 'tikv');
    expect(placement.labelsFromNodes).toEqual(['zone', 'host']);
    expect(everything.clusters[0]?.locationLabels).toEqual(['zone', 'host']);
  });
});

test('Services by which others come, and no headless ones', () => {
  const services = everything.clusters.flatMap(({ servers }) => servers.flatMap((one) => one.services));
  const shown = services.map(({ namespace, name, type, ports }) => {
    return `${type} ${namespace}/${name} ${ports.map(({ port, nodePort }) => `${port}${nodePort ? `:${nodePort}` : ''}`).join(' ')}`;
  });
  expect(shown).toEqual([
    'ClusterIP database/prod-pd 2379',
    'NodePort database/prod-tiproxy 3080 6000',
    'LoadBalancer database/prod-tidb 4000 10080',
    'NodePort reporting/analytics-tidb 4000:30400 10080',
    'ClusterIP elsewhere/other-pd 2379',
  ]);
});

describe('who talks to whom', () => {
  const base = cluster('basic');
  const withSpec = (spec: string) => base + spec;
  test.each<[what: string, texts: readonly string[], links: readonly string[]]>([
    ['PD and stores', [base], ['stores → placement :2379']],
    [
      'SQL servers without a Service',
      [withSpec('  tidb: {replicas: 1}\n')],
      ['sql → placement :2379', 'sql → stores :20160', 'stores → placement :2379'],
    ],
    [
      'clients, at the port of the Service',
      [base, tidbGroup('web', 'basic').replace('type: ClusterIP', 'port: 3306')],
      ['clients → sql :3306', 'sql → placement :2379', 'sql → stores :20160', 'stores → placement :2379'],
    ],
    [
      'proxies',
      [withSpec('  tiproxy: {replicas: 1}\n  tidb: {replicas: 1}\n')],
      [
        'clients → proxies :6000',
        'proxies → sql :4000',
        'proxies → placement :2379',
        'sql → placement :2379',
        'sql → stores :20160',
        'stores → placement :2379',
      ],
    ],
    [
      'column stores',
      [
        withSpec(
          '  tidb: {replicas: 1}\n  tiflash: {replicas: 1, storageClaims: [{resources: {requests: {storage: 1Gi}}}]}\n',
        ),
      ],
      ['sql → placement :2379', 'sql → stores :20160 :3930', 'stores → placement :2379'],
    ],
    [
      'a binlog',
      [withSpec('  tidb: {replicas: 1}\n  pump: {replicas: 1, requests: {storage: 1Gi}}\n')],
      [
        'sql → placement :2379',
        'sql → binlogs :8250',
        'sql → stores :20160',
        'binlogs → placement :2379',
        'stores → placement :2379',
      ],
    ],
    [
      'a binlog that is turned off',
      [
        withSpec(
          '  tidb: {replicas: 1, binlogEnabled: false}\n  pump: {replicas: 1, requests: {storage: 1Gi}}\n',
        ),
      ],
      [
        'sql → placement :2379',
        'sql → stores :20160',
        'binlogs → placement :2379',
        'stores → placement :2379',
      ],
    ],
    [
      'change feeds',
      [withSpec('  ticdc: {replicas: 1}\n')],
      ['stores → placement :2379', 'changefeeds → stores :20160', 'changefeeds → placement :2379'],
    ],
  ])('%s', async (_, texts, links) => {
    const [only] = (await systemIn(...texts)).clusters;
    expect(
      only?.links.map(
        ({ from, to, ports }) => `${from} → ${to} ${ports.map((port) => `:${port}`).join(' ')}`,
      ),
    ).toEqual(links);
  });
});

describe('where a group differs from the base', () => {
  test.each<[what: string, spec: string, differences: readonly string[]]>([
    ['its size', '', ['requests.storage: 100Gi → 200Gi']],
    [
      'nothing that means the same',
      '  baseImage: pingcap/tikv\n  version: v8.5.7\n  config: {}\n  imagePullPolicy: IfNotPresent\n',
      ['requests.storage: 100Gi → 200Gi'],
    ],
    [
      'replicas and version',
      '  version: v8.5.6\n',
      ['version: v8.5.7 → v8.5.6', 'requests.storage: 100Gi → 200Gi'],
    ],
    [
      'image',
      '  baseImage: mirror:5000/pingcap/tikv\n',
      ['baseImage: pingcap/tikv → mirror:5000/pingcap/tikv', 'requests.storage: 100Gi → 200Gi'],
    ],
    [
      'nodes',
      '  nodeSelector: {disk: nvme}\n',
      ['requests.storage: 100Gi → 200Gi', 'nodeSelector.disk: unset → nvme'],
    ],
    [
      'labels of pods',
      '  labels: {team: blue}\n',
      ['requests.storage: 100Gi → 200Gi', 'labels.team: unset → blue'],
    ],
    ['CPU', '  limits: {cpu: "2"}\n', ['requests.storage: 100Gi → 200Gi', 'limits.cpu: unset → 2']],
    [
      'class',
      '  storageClassName: fast\n',
      ['requests.storage: 100Gi → 200Gi', 'storageClassName: unset → fast'],
    ],
    [
      'a volume',
      '  storageVolumes: [{name: raft, storageSize: 1Gi, mountPath: /raft}]\n',
      [
        'requests.storage: 100Gi → 200Gi',
        'volumeMounts[/raft]: unset → {"name": "tikv-raft", "mountPath": "/raft"}',
        'storageVolumes.raft.storageSize: unset → 1Gi',
      ],
    ],
    [
      'config, key by key',
      '  config: {storage: {block-cache: {capacity: 1GB}}, log: {level: warn}}\n',
      [
        'requests.storage: 100Gi → 200Gi',
        'config.log.level: unset → warn',
        'config.storage.block-cache.capacity: unset → 1GB',
      ],
    ],
    [
      'config that rolls the pods',
      '  configUpdateStrategy: RollingUpdate\n  config: {log: {level: warn}}\n',
      ['requests.storage: 100Gi → 200Gi', 'config.log.level: unset → warn'],
    ],
    [
      'environment',
      '  env: [{name: MODE, value: fast}]\n',
      ['requests.storage: 100Gi → 200Gi', 'env.MODE: unset → fast'],
    ],
    [
      'update strategy',
      '  statefulSetUpdateStrategy: OnDelete\n',
      ['requests.storage: 100Gi → 200Gi', 'statefulSetUpdateStrategy: RollingUpdate → OnDelete'],
    ],
    [
      'directory',
      '  dataSubDir: data\n',
      [
        'requests.storage: 100Gi → 200Gi',
        'start script: --data-dir=/var/lib/tikv → --data-dir=/var/lib/tikv/data',
      ],
    ],
  ])('%s', async (_, spec, differences) => {
    const { differences: found = [] } = await hot(spec);
    expect(found.map(({ field, base = 'unset', here = 'unset' }) => `${field}: ${base} → ${here}`)).toEqual(
      differences,
    );
  });

  test('what the whole cluster sets is no difference', async () => {
    const shared = `${CLUSTER}  nodeSelector: {pool: db}\n  tidb: {replicas: 2, service: {type: ClusterIP}}\n`;
    expect(serversNamed(await systemIn(shared, TIDB_GROUP), 'web', 'tidb').differences).toEqual([]);
  });

  test('a Service of another kind, or none', async () => {
    const base = `${CLUSTER}  tidb: {replicas: 2, service: {type: LoadBalancer, annotations: {a: b}}}\n`;
    const differences = async (group: string) =>
      serversNamed(await systemIn(base, group), 'web', 'tidb').differences;
    expect(await differences(TIDB_GROUP)).toEqual([
      { field: 'service.type', base: 'LoadBalancer', here: 'ClusterIP' },
      { field: 'service.annotations.a', base: 'b' },
    ]);
    const none = await differences(TIDB_GROUP.replace('  service:\n    type: ClusterIP\n', ''));
    expect(none?.map(({ field, here }) => [field, here])).toEqual([['service', undefined]]);
  });

  test('there is no difference if the base has no servers of the kind', async () => {
    expect(serversNamed(await systemIn(CLUSTER, TIDB_GROUP), 'web', 'tidb').differences).toBeUndefined();
  });
});

describe('rendered resources give the same result', () => {
  const text = stream(
    `${CLUSTER}  tidb: {replicas: 2}\n`,
    tikvGroup('hot', 'basic', '  nodeSelector: {disk: nvme}\n'),
    TIDB_GROUP,
  );
  const rendered = (args: readonly string[]) => new Sandbox().groups(args, { input: text }).stdout;

  test.each([
    ['without the groups', ['render', '-']],
    ['as TidbClusters', ['render', '--output-kind', 'TidbCluster', '-']],
    ['with them, as in a kpt package', []],
  ])('%s', async (_, args) => {
    const input = args.length === 0 ? asList(text) : text;
    const out = args.length === 0 ? new Sandbox().groups([], { input }).stdout : rendered(args);
    expect(await systemIn(out)).toEqual(await systemIn(text));
  });

  function asList(documents: string): string {
    const items = documents.split('---\n').map((item) => `- ${item.trimEnd().replaceAll('\n', '\n  ')}\n`);
    return `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n${items.join('')}`;
  }
});

describe('more than one cluster', () => {
  test('groups are with the cluster that they join, from another namespace too', async () => {
    const group = tikvGroup('hot', 'basic', '', 'far').replace(
      'name: basic',
      'name: basic\n    namespace: near',
    );
    const system = await systemIn(cluster('basic', 'near'), cluster('basic', 'other'), group);
    expect(
      system.clusters.map(({ namespace, servers }) => [namespace, servers.map(({ name }) => name)]),
    ).toEqual([
      ['near', ['basic', 'basic', 'hot']],
      ['other', ['basic', 'basic']],
    ]);
  });

  test('a TidbCluster without PD is with the one that it joins, also where that is not there', async () => {
    const { clusters } = await systemNamed('joined');
    expect(
      clusters.map(({ name, isThere, servers }) => [
        name,
        isThere,
        servers.map((one) => `${one.name} ${one.component} ${one.joins}`),
      ]),
    ).toEqual([
      [
        'basic',
        true,
        [
          'basic pd false',
          'basic tso false',
          'basic scheduling false',
          'basic tikv false',
          'more tikv true',
          'more tidb true',
        ],
      ],
      ['elsewhere', false, ['far tikv true']],
    ]);
    expect(clusters[1]?.links.map(({ from, to }) => `${from} → ${to}`)).toEqual(['stores → placement']);
  });

  test('two clusters that join each other join nothing', async () => {
    const joining = (name: string, other: string) =>
      `apiVersion: pingcap.com/v1alpha1\nkind: TidbCluster\nmetadata: {name: ${name}, namespace: db}\nspec:\n  version: v8.5.7\n  cluster: {name: ${other}}\n  tikv: {replicas: 1, requests: {storage: 1Gi}}\n`;
    const { clusters } = await systemIn(joining('a', 'b'), joining('b', 'a'));
    expect(clusters.flatMap(({ servers }) => servers.map(({ name }) => name)).sort()).toEqual(['a', 'b']);
  });

  test('what is rendered tells its cluster by PD', async () => {
    const rendered = new Sandbox().groups(['render', '-'], { input: stream(CLUSTER, TIKV_GROUP) }).stdout;
    const [, ...groups] = rendered.split('---\n');
    const [only, ...more] = (await systemIn(...groups)).clusters;
    expect(more).toEqual([]);
    expect(only).toMatchObject({ name: 'basic', namespace: 'db', isThere: false, version: '' });
    expect(only?.servers.map(({ name, version, differences }) => [name, version, differences])).toEqual([
      ['hot', 'v8.5.7', undefined],
    ]);
  });
});

describe('differences of kinds that have scripts in commands, or several data volumes', () => {
  const BASE = `apiVersion: pingcap.com/v1alpha1
kind: TidbCluster
metadata: {name: basic, namespace: db}
spec:
  version: v8.5.7
  pd: {replicas: 3, requests: {storage: 10Gi}}
  tiflash: {replicas: 3, storageClaims: [{resources: {requests: {storage: 1Ti}}}, {resources: {requests: {storage: 1Ti}}}]}
  ticdc: {replicas: 3}
`;
  const group = (kind: string, spec: string, annotations = '') =>
    `apiVersion: pingcap.com/v1alpha1\nkind: ${kind}\nmetadata: {name: more, namespace: db, annotations: {${annotations}}}\nspec:\n  cluster: {name: basic}\n${spec}`;

  test('the claims of TiFlash', async () => {
    const claims =
      '[{resources: {requests: {storage: 1Ti}}}, {resources: {requests: {storage: 2Ti}}, storageClassName: fast}]';
    const text = group('TiFlashGroup', `  replicas: 3\n  storageClaims: ${claims}\n`);
    expect(serversNamed(await systemIn(BASE, text), 'more', 'tiflash').differences).toEqual([
      { field: 'storageClaims[1].resources.requests.storage', base: '1Ti', here: '2Ti' },
      { field: 'storageClaims[1].storageClassName', here: 'fast' },
    ]);
  });

  test('the script of TiCDC, and replicas that an autoscaler has', async () => {
    const text = group(
      'TiCDCGroup',
      '  replicas: 2\n  config: {gc-ttl: 100}\n',
      'groups.pingcap.com/autoscaled: "true"',
    );
    expect(serversNamed(await systemIn(BASE, text), 'more', 'ticdc').differences).toEqual([
      { field: 'replicas', base: '3' },
      { field: 'start script', base: '--gc-ttl=86400', here: '--gc-ttl=100' },
    ]);
  });
});
