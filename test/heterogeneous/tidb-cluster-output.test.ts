import { describe, expect, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import {
  CLUSTER,
  cluster,
  resourceList,
  TIDB_GROUP,
  TIKV_GROUP,
  tidbGroup,
  tikvGroup,
} from '../support/basic.ts';
import { toldOfStores } from '../support/engines.ts';
import { at, find, readYaml, titleOf } from '../support/read-yaml.ts';

const CONFIG = 'apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: c}\n';

/** Runs the function on a list, with settings. */
async function runOn(list: string, settings = 'spec: {output: TidbCluster}', head = CONFIG) {
  const config = `${head}${settings}\n`.trimEnd().replaceAll('\n', '\n  ');
  const { failed, messages, output } = await run(Buffer.from(`${list}functionConfig:\n  ${config}\n`));
  const text = [...output].map((piece) => Buffer.from(piece).toString()).join('');
  const items = text.slice(0, text.indexOf('functionConfig:'));
  return { failed, messages, items };
}

const itemsOf = (list: string) => {
  const [{ items = [] } = {}] = readYaml(list);
  return Array.isArray(items) ? (items as ReturnType<typeof readYaml>) : [];
};

const titles = (list: string) => itemsOf(list).map(titleOf);

/** The TidbCluster that groups become, by its title; the rest of the list goes in beside them. */
async function made(title: string, ...resources: readonly string[]) {
  const { messages, items } = await runOn(resourceList(...resources));
  expect(messages).toEqual([]);
  return find(itemsOf(items), title);
}

test('each group comes out as one TidbCluster, and nothing else', async () => {
  const { failed, messages, items } = await runOn(resourceList(CLUSTER, TIKV_GROUP, TIDB_GROUP));
  expect({ failed, messages }).toEqual({ failed: false, messages: [] });
  expect(titles(items)).toEqual([
    'TidbCluster db/basic',
    'TiKVGroup db/hot',
    'TidbCluster db/hot',
    'TiDBGroup db/web',
    'TidbCluster db/web',
  ]);
});

test('it has what the cluster says for all, what the group says, and who made it', async () => {
  expect(await made('TidbCluster db/hot', CLUSTER, TIKV_GROUP)).toEqual({
    apiVersion: 'pingcap.com/v1alpha1',
    kind: 'TidbCluster',
    metadata: {
      name: 'hot',
      namespace: 'db',
      annotations: { ...toldOfStores('basic', 'db'), 'groups.pingcap.com/generated-by': 'TiKVGroup/hot' },
    },
    spec: {
      cluster: { name: 'basic', namespace: 'db' },
      version: 'v8.5.7',
      timezone: 'UTC',
      tikv: { replicas: 3n, requests: { storage: '200Gi' }, config: '' },
    },
  });
});

const CARRIED = `  labels:
    team: storage
    app.kubernetes.io/instance: shop
  annotations:
    tikv.tidb.pingcap.com/delete-slots: '[0]'
    example.com/owner: me
    groups.pingcap.com/confirm: x
    config.kubernetes.io/origin: 'path: groups.yaml'
    config.kubernetes.io/local-config: "true"
    kubectl.kubernetes.io/last-applied-configuration: '{}'
`;

test('it has the labels and annotations of the group, except those of tools and the name of an instance', async () => {
  const group = TIKV_GROUP.replace('spec:\n', `${CARRIED}spec:\n`);
  expect(at(await made('TidbCluster db/hot', CLUSTER, group), 'metadata')).toEqual({
    name: 'hot',
    namespace: 'db',
    labels: { team: 'storage' },
    annotations: {
      'tikv.tidb.pingcap.com/delete-slots': '[0]',
      'example.com/owner': 'me',
      ...toldOfStores('basic', 'db'),
      'groups.pingcap.com/generated-by': 'TiKVGroup/hot',
    },
  });
});

test('a TiKVGroup and a TiDBGroup of one name become one', async () => {
  const stores = TIKV_GROUP.replace('spec:\n', '  labels: {team: a}\nspec:\n');
  const servers = tidbGroup('hot', 'basic').replace('spec:\n', '  labels: {team: a, tier: b}\nspec:\n');
  const both = await made('TidbCluster db/hot', CLUSTER, stores, servers);
  expect(at(both, 'metadata')).toMatchObject({
    labels: { team: 'a', tier: 'b' },
    annotations: { 'groups.pingcap.com/generated-by': 'TiKVGroup/hot,TiDBGroup/hot' },
  });
  expect(at(both, 'spec')).toMatchObject({ tikv: { replicas: 3n }, tidb: { replicas: 2n } });
});

describe('where the base is, is written as the operator would', () => {
  const domain = cluster('basic').replace('spec:\n', 'spec:\n  clusterDomain: k8s.example.com\n');
  const homeless = (text: string) => text.replace('  namespace: db\n', '');
  test.each([
    ['its namespace', CLUSTER, TIKV_GROUP, { name: 'basic', namespace: 'db' }],
    ['its domain', domain, TIKV_GROUP, { name: 'basic', namespace: 'db', clusterDomain: 'k8s.example.com' }],
    ['nothing where nothing is known', homeless(CLUSTER), homeless(TIKV_GROUP), { name: 'basic' }],
  ])('%s', async (_, base, group, reference) => {
    const { items } = await runOn(resourceList(base, group));
    expect(at(itemsOf(items)[2], 'spec', 'cluster')).toEqual(reference);
  });
});

describe('what the operator alone does has its effect, and what it needs is asked for', () => {
  const labels = '  storeLabels: [zone]\n';
  const placed = CLUSTER.replace(
    'config: ""',
    'config: |\n      [replication]\n      location-labels = ["zone"]',
  );
  test.each([
    ['Workloads', [expect.stringContaining('`spec.storeLabels` has no effect')]],
    ['TidbCluster', []],
  ])('store labels as %s', async (output, messages) => {
    const list = resourceList(placed, tikvGroup('hot', 'basic', labels));
    expect((await runOn(list, `spec: {output: ${output}}`)).messages).toEqual(messages);
  });

  test('a label of nodes that PD does not place by is warned of, where the operator copies it', async () => {
    const list = resourceList(placed, tikvGroup('hot', 'basic', '  storeLabels: [rack]\n'));
    expect((await runOn(list)).messages).toEqual([
      expect.stringMatching(/TiKVGroup db\/hot: `spec.storeLabels\[0\]` .*\[store-label-unknown\]$/),
    ]);
  });

  const tls = CLUSTER.replace('spec:\n', 'spec:\n  tlsCluster: {enabled: true}\n');
  test.each([
    ['Workloads', 'the Secret "web-tidb-cluster-secret"'],
    ['TidbCluster', 'the Secrets "web-tidb-cluster-secret" and "web-cluster-client-secret"'],
  ])('certificates as %s', async (output, secrets) => {
    const { messages } = await runOn(resourceList(tls, TIDB_GROUP), `spec: {output: ${output}}`);
    expect(messages).toEqual([expect.stringContaining(secrets)]);
  });
});

describe('what cannot be is said, and nothing comes out', () => {
  const elsewhere = tikvGroup('hot', 'basic\n    namespace: db', '', 'other');
  test.each([
    {
      name: 'a group in another namespace than its cluster',
      items: [CLUSTER, elsewhere],
      says: [
        /TiKVGroup other\/hot: `spec.cluster` is in namespace "db", and the group is in "other": .* "basic-pd:2379" .*\[cluster-namespace\]$/,
      ],
    },
    {
      name: 'a TidbCluster of that name',
      items: [CLUSTER, cluster('hot'), TIKV_GROUP],
      says: [
        /which makes the TidbCluster "hot", but there is a TidbCluster with that name among the resources; .*\[collision\]$/,
      ],
    },
    {
      name: 'the name of the cluster itself',
      items: [CLUSTER.replace(/ {2}tikv:[\s\S]*/, ''), tikvGroup('basic', 'basic')],
      says: [/which makes the TidbCluster "basic", but there is .*\[collision\]$/],
    },
    {
      name: 'a StatefulSet that the operator would then manage',
      items: [
        CLUSTER,
        TIKV_GROUP,
        'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: hot-tikv, namespace: db}\n',
      ],
      says: [/which makes the StatefulSet "hot-tikv", but there is a StatefulSet .*\[collision\]$/],
    },
    {
      name: 'two groups of one name in two clusters',
      items: [CLUSTER, cluster('other'), TIKV_GROUP, tidbGroup('hot', 'other')],
      says: [
        /TiDBGroup db\/hot: .*which makes the TidbCluster "hot", but the TiKVGroup "hot" makes it too; .*\[collision\]$/,
      ],
    },
    {
      name: 'two groups of one name that say different things of themselves',
      items: [
        CLUSTER,
        TIKV_GROUP.replace('spec:\n', '  annotations: {a.b/c: "1"}\nspec:\n'),
        tidbGroup('hot', 'basic').replace('spec:\n', '  annotations: {a.b/c: "2"}\nspec:\n'),
      ],
      says: [
        /TiDBGroup db\/hot: `metadata.annotations\["a.b\/c"\]` is "2", but "1" in the TiKVGroup "hot", .*\[metadata-conflict\]$/,
      ],
    },
  ])('$name', async ({ items, says }) => {
    const list = resourceList(...items);
    const result = await runOn(list);
    expect(result.failed).toBe(true);
    expect(result.messages).toEqual(says.map((part) => expect.stringMatching(part)));
    expect(result.items.startsWith(list)).toBe(true);
  });

  test.each([
    ['across Kubernetes clusters, where a discovery service finds PD', 'spec:\n  acrossK8s: true\n'],
    [
      'with addresses of PD that are listed',
      'spec:\n  startScriptVersion: v2\n  startScriptV2FeatureFlags: [PreferPDAddressesOverDiscovery]\n  pdAddresses: [http://pd.example.com:2379]\n',
    ],
  ])('but not a group in another namespace %s', async (_, spec) => {
    const { failed, messages } = await runOn(resourceList(CLUSTER.replace('spec:\n', spec), elsewhere));
    expect({ failed, messages }).toEqual({ failed: false, messages: [] });
  });
});

/** A resource in a file of a package, as kpt hands it to a function. */
const inFile = (text: string, path: string, index = 0) =>
  text.replace(
    /(\n {2}namespace: \w+\n)/,
    `$1  annotations:\n    config.kubernetes.io/path: ${path}\n    config.kubernetes.io/index: '${index}'\n`,
  );

const PACKAGE = resourceList(
  inFile(CLUSTER, 'cluster.yaml'),
  inFile(TIKV_GROUP, 'groups/all.yaml'),
  inFile(tidbGroup('hot', 'basic'), 'groups/all.yaml', 1),
);

const WORKLOADS = 'spec: {output: Workloads}';
const UNGUARDED = 'spec: {output: TidbCluster, guard: false}';

describe('a package that is rendered again', () => {
  test('does not change: what was made is no cluster to join, and is not made twice', async () => {
    const first = await runOn(PACKAGE);
    expect(titles(first.items)).toContain('TidbCluster db/hot');
    expect(await runOn(first.items)).toEqual(first);
  });

  test('has the resources of groups in a file next to them', async () => {
    const { items } = await runOn(PACKAGE);
    const annotations = at(find(itemsOf(items), 'TidbCluster db/hot'), 'metadata', 'annotations');
    expect(at(annotations, 'config.kubernetes.io/path')).toBe('groups/hot-tidbcluster.yaml');
  });

  test('loses the component of a group that is gone, and with the last group all of it', async () => {
    const both = await runOn(PACKAGE);
    const one = await runOn(
      both.items.replace(/- apiVersion: \S+\n {2}kind: TiDBGroup\n( {3,}.*\n| {2}\w.*\n)*/, ''),
      UNGUARDED,
    );
    const left = find(itemsOf(one.items), 'TidbCluster db/hot');
    expect(at(left, 'metadata', 'annotations', 'groups.pingcap.com/generated-by')).toBe('TiKVGroup/hot');
    expect(Object.keys(at(left, 'spec') ?? {})).toEqual(['cluster', 'version', 'timezone', 'tikv']);
    const none = await runOn(
      one.items.replace(/- apiVersion: \S+\n {2}kind: TiKVGroup\n( {3,}.*\n| {2}\w.*\n)*/, ''),
      UNGUARDED,
    );
    expect(titles(none.items)).toEqual(['TidbCluster db/basic']);
  });

  test('has what it would have without an earlier render, after each change of the output', async () => {
    const clusters = await runOn(PACKAGE);
    const workloads = await runOn(PACKAGE, WORKLOADS);
    const there = await runOn(workloads.items, UNGUARDED);
    const back = await runOn(clusters.items, 'spec: {output: Workloads, guard: false}');
    expect(itemsOf(there.items)).toEqual(itemsOf(clusters.items));
    expect(itemsOf(back.items)).toEqual(itemsOf(workloads.items));
  });

  test('does not change its output unconfirmed, because engines would delete all pods for a while', async () => {
    for (const [earlier, settings] of [
      [WORKLOADS, 'spec: {output: TidbCluster}'],
      ['spec: {output: TidbCluster}', WORKLOADS],
    ]) {
      const { items } = await runOn(PACKAGE, earlier);
      const { failed, messages } = await runOn(items, settings);
      expect(failed).toBe(true);
      expect(messages).toEqual(
        ['TiKVGroup', 'TiDBGroup'].map((kind) =>
          expect.stringMatching(
            new RegExp(`${kind} db/hot: .*\\(\`output-switched\`\\).*\\[danger-unconfirmed\\]$`),
          ),
        ),
      );
    }
  });
});

const MONITOR = `apiVersion: pingcap.com/v1alpha1
kind: TidbMonitor
metadata:
  name: watch # all
  namespace: db
spec:
  clusters:
  - name: basic # the base
  prometheus:
    version: v2.49.1
`;

/** A monitor after the render of a list with a cluster and groups. */
async function watched(monitor: string, settings?: string, ...others: readonly string[]): Promise<string> {
  const list = resourceList(CLUSTER, TIKV_GROUP, TIDB_GROUP, ...others, monitor);
  const { messages, items } = await runOn(list, settings);
  expect(messages).toEqual([]);
  const text = items.slice(items.lastIndexOf('- apiVersion'));
  return text.replace('- ', '').replaceAll('\n  ', '\n');
}

const noted = (text: string, names: string) =>
  text.replace(
    'namespace: db\n',
    `namespace: db\n  annotations:\n    groups.pingcap.com/clusters: ${names}\n`,
  );

describe('a TidbMonitor that watches the base', () => {
  const both = '  - name: basic # the base\n  - name: hot\n  - name: web\n';
  const WATCHING = noted(MONITOR, 'hot,web').replace('  - name: basic # the base\n', both);

  test.each([
    { name: 'then watches its groups, and keeps every other byte', from: MONITOR, to: WATCHING },
    { name: 'stays as it is in the next render', from: WATCHING, to: WATCHING },
    {
      name: 'loses a group that is gone',
      from: noted(MONITOR, 'cold,hot,web').replace('  - name: basic # the base\n', `${both}  - name: cold\n`),
      to: WATCHING,
    },
    {
      name: 'keeps what its user listed, and does not take it for its own',
      from: MONITOR.replace('  prometheus', '  - name: web # mine\n  prometheus'),
      to: noted(MONITOR, 'hot').replace('  prometheus', '  - name: web # mine\n  - name: hot\n  prometheus'),
    },
    {
      name: 'names namespaces where it does for the base',
      from: MONITOR.replace('basic # the base', 'basic\n    namespace: db'),
      to: noted(MONITOR, 'hot,web').replace(
        '  - name: basic # the base\n',
        ['basic', 'hot', 'web'].map((name) => `  - name: ${name}\n    namespace: db\n`).join(''),
      ),
    },
    {
      name: 'elsewhere names their namespace',
      from: MONITOR.replace('namespace: db', 'namespace: ops').replace(
        'basic # the base',
        'basic\n    namespace: db',
      ),
      to: MONITOR.replace(
        'namespace: db\n',
        'namespace: ops\n  annotations:\n    groups.pingcap.com/clusters: db/hot,db/web\n',
      ).replace(
        '  - name: basic # the base\n',
        ['basic', 'hot', 'web'].map((name) => `  - name: ${name}\n    namespace: db\n`).join(''),
      ),
    },
    {
      name: 'in brackets stays in brackets',
      from: MONITOR.replace('clusters:\n  - name: basic # the base', 'clusters: [{name: basic}]'),
      to: noted(MONITOR, 'hot,web').replace(
        'clusters:\n  - name: basic # the base',
        'clusters: [{name: basic}, {name: hot}, {name: web}]',
      ),
    },
    {
      name: 'of another cluster is left alone',
      from: MONITOR.replace('basic # the base', 'other'),
      to: MONITOR.replace('basic # the base', 'other'),
      others: [cluster('other')],
    },
  ])('$name', async ({ from, to, others = [] }) => {
    expect(await watched(from, undefined, ...others)).toBe(to);
  });

  test.each([
    ['as Workloads, which it cannot watch', WORKLOADS],
    ['where it shall not', 'spec: {output: TidbCluster, addToMonitors: false}'],
  ])('does not come to watch groups %s', async (_, settings) => {
    expect(await watched(MONITOR, settings)).toBe(MONITOR);
    expect(await watched(WATCHING, settings)).toBe(MONITOR);
  });
});

test('the settings can come from a ConfigMap', async () => {
  const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n';
  const { items } = await runOn(
    resourceList(CLUSTER, TIKV_GROUP),
    'data: {output: TidbCluster, addToMonitors: "false"}',
    head,
  );
  expect(titles(items)).toEqual(['TidbCluster db/basic', 'TiKVGroup db/hot', 'TidbCluster db/hot']);
});
