import { describe, expect, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { cluster, resourceList, tidbGroup, tikvGroup } from '../support/basic.ts';
import { at, find, readYaml, titleOf } from '../support/read-yaml.ts';
import { Sandbox } from '../support/sandbox.ts';

const WAVE = 'argocd.argoproj.io/sync-wave';
const OPTIONS = 'argocd.argoproj.io/sync-options';
const DEPENDS_ON = 'config.kubernetes.io/depends-on';
const FLUX_PRUNE = 'kustomize.toolkit.fluxcd.io/prune';
const FLUX_SUBSTITUTE = 'kustomize.toolkit.fluxcd.io/substitute';
const SUSPENDED_MARK = 'groups.pingcap.com/suspended';
const DETACH = 'client.lifecycle.config.k8s.io/deletion';

async function expand(items: readonly string[], spec = '{}') {
  const config = `functionConfig:\n  apiVersion: groups.pingcap.com/v1alpha1\n  kind: ExpandTidbGroups\n  metadata: {name: c}\n  spec: ${spec}\n`;
  const { output, messages, failed } = await run(Buffer.from(resourceList(...items) + config));
  const [list = {}] = readYaml([...output].map((piece) => Buffer.from(piece).toString()).join(''));
  const found = at(list, 'items');
  const resources = (Array.isArray(found) ? found : []) as MapValue[];
  return { resources, messages, failed };
}

const DIGEST_OF_JOB = /(?<=-drain)-[0-9a-f]{7}$/;

/** One annotation of each resource that has it, by what the resource is called. */
async function told(key: string, items: readonly string[], spec?: string) {
  const { resources } = await expand(items, spec);
  const pairs = resources.map((resource) => [
    titleOf(resource),
    at(resource, 'metadata', 'annotations', key),
  ]);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}

const annotated = (item: string, ...annotations: readonly string[]) =>
  item.replace('\nspec:', `\n  annotations:\n${annotations.map((text) => `    ${text}\n`).join('')}spec:`);

const BASE = cluster('basic');
const HOT = tikvGroup('hot', 'basic');
const COLD = tikvGroup('cold', 'basic');
const WEB = tidbGroup('web', 'basic');
const REPORTS = tidbGroup('reports', 'basic');
const groupOf = (kind: string, name: string, spec: string) =>
  `apiVersion: pingcap.com/v1alpha1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: db\nspec:\n  cluster: {name: basic}\n  replicas: 1\n${spec}`;
const MEMBERS = groupOf('PDGroup', 'west', '  requests: {storage: 1Gi}\n');
const ENTRY = groupOf('TiProxyGroup', 'entry', '  version: v1.3.2\n');
const COLUMNS = groupOf('TiFlashGroup', 'ap', '  storageClaims: [{resources: {requests: {storage: 1Gi}}}]\n');
const FEEDS = groupOf('TiCDCGroup', 'feeds', '');
/** SQL servers, and no stores of its own. */
const BARE = BASE.replace(/ {2}tikv:[\s\S]*$/, '  tidb:\n    replicas: 2\n');
const SUSPENDED = '  suspendAction: {suspendStatefulSet: true}\n';

/** The waves of a group's drain Job and of its StatefulSet, and that of the budget over all stores where it is the last. */
const stores = (drain: string, wave: string) => ({
  'hot-tikv-drain': drain,
  'hot-tikv': wave,
  'basic-tikv': wave,
});

/** The waves, and what each StatefulSet waits for, of some resources under some settings. */
const ORDERS = [
  {
    name: 'the TidbCluster, then store groups one after another by name, then all SQL servers',
    items: [WEB, HOT, BASE, COLD, REPORTS],
    waves: {
      'cold-tikv-drain': '1',
      'cold-tikv': '2',
      'hot-tikv-drain': '3',
      'hot-tikv': '4',
      'basic-tikv': '4',
      'web-tidb': '10',
      'reports-tidb': '10',
    },
    after: {
      'cold-tikv': 'pingcap.com/namespaces/db/TidbCluster/basic',
      'hot-tikv': 'apps/namespaces/db/StatefulSet/cold-tikv',
      'web-tidb': 'apps/namespaces/db/StatefulSet/hot-tikv',
      'reports-tidb': 'apps/namespaces/db/StatefulSet/hot-tikv',
    },
  },
  {
    name: 'groups of all kinds in the order of TiDB Operator',
    items: [FEEDS, WEB, HOT, COLUMNS, ENTRY, MEMBERS, BASE],
    waves: {
      'west-pd': '1',
      'entry-tiproxy': '1',
      'ap-tiflash': '2',
      'hot-tikv-drain': '3',
      'hot-tikv': '4',
      'basic-tikv': '4',
      'web-tidb': '10',
      'feeds-ticdc': '11',
    },
    after: {
      'west-pd': 'pingcap.com/namespaces/db/TidbCluster/basic',
      'entry-tiproxy': 'pingcap.com/namespaces/db/TidbCluster/basic',
      'ap-tiflash': 'apps/namespaces/db/StatefulSet/west-pd',
      'hot-tikv': 'apps/namespaces/db/StatefulSet/ap-tiflash',
      'web-tidb': 'apps/namespaces/db/StatefulSet/hot-tikv',
      'feeds-ticdc': 'apps/namespaces/db/StatefulSet/web-tidb',
    },
  },
  {
    name: 'columns after stores where the TidbCluster has no store, without which TiFlash does not start',
    items: [COLUMNS, HOT, BARE, FEEDS],
    waves: { ...stores('0', '0'), 'ap-tiflash': '1', 'feeds-ticdc': '11' },
    after: {
      'ap-tiflash': 'apps/namespaces/db/StatefulSet/hot-tikv',
      'feeds-ticdc': 'apps/namespaces/db/StatefulSet/ap-tiflash',
    },
  },
  {
    name: 'SQL servers wait for the TidbCluster where there are no store groups',
    items: [BASE, WEB],
    waves: { 'web-tidb': '10' },
    after: { 'web-tidb': 'pingcap.com/namespaces/db/TidbCluster/basic' },
  },
  {
    name: "waves count from the TidbCluster's own, which stays",
    items: [annotated(BASE, `${WAVE}: "-5"`), HOT, WEB],
    waves: { basic: '-5', ...stores('-4', '-3'), 'web-tidb': '5' },
  },
  {
    name: 'each cluster has an order of its own',
    items: [BASE, HOT, cluster('other'), tikvGroup('far', 'other'), tikvGroup('near', 'other')],
    waves: {
      ...stores('1', '2'),
      'far-tikv-drain': '1',
      'far-tikv': '2',
      'near-tikv-drain': '3',
      'near-tikv': '4',
      'other-tikv': '4',
    },
  },
  {
    name: 'other numbers',
    items: [BASE, HOT, COLD, WEB],
    spec: '{tikvWave: 20, tidbWave: 30}',
    waves: { 'cold-tikv-drain': '20', 'cold-tikv': '21', ...stores('22', '23'), 'web-tidb': '30' },
  },
  {
    name: 'SQL servers never come before stores',
    items: [BASE, HOT, COLD, WEB],
    spec: '{tikvWave: 3, tidbWave: 4}',
    waves: { 'cold-tikv-drain': '3', 'cold-tikv': '4', ...stores('5', '6'), 'web-tidb': '7' },
  },
  {
    name: 'a wave on a group counts as it is, and takes no number from the others; kpt follows',
    items: [BASE, annotated(COLD, `${WAVE}: "7"`), HOT, WEB],
    waves: {
      ...stores('1', '2'),
      'cold-tikv-drain': '6',
      'cold-tikv': '7',
      'basic-tikv': '7',
      'web-tidb': '10',
    },
    after: {
      'hot-tikv': 'pingcap.com/namespaces/db/TidbCluster/basic',
      'cold-tikv': 'apps/namespaces/db/StatefulSet/hot-tikv',
      'web-tidb': 'apps/namespaces/db/StatefulSet/cold-tikv',
    },
  },
  {
    name: 'no waves',
    items: [BASE, HOT, WEB],
    spec: '{syncWaves: false}',
    waves: {},
    after: {
      'hot-tikv': 'pingcap.com/namespaces/db/TidbCluster/basic',
      'web-tidb': 'apps/namespaces/db/StatefulSet/hot-tikv',
    },
  },
  {
    name: 'only waves',
    items: [BASE, HOT],
    spec: '{dependsOn: false}',
    waves: stores('1', '2'),
    after: {},
  },
  {
    name: 'a cluster that has SQL servers and no stores comes together with those of its groups',
    items: [BARE, HOT, COLD, WEB],
    waves: { 'cold-tikv-drain': '0', 'cold-tikv': '0', ...stores('1', '2'), 'web-tidb': '10' },
    after: {
      'hot-tikv': 'apps/namespaces/db/StatefulSet/cold-tikv',
      'web-tidb': 'apps/namespaces/db/StatefulSet/hot-tikv',
    },
  },
  {
    name: 'stores that are suspended keep their turn',
    items: [BASE, tikvGroup('cold', 'basic', SUSPENDED), HOT],
    waves: { 'cold-tikv': '2', ...stores('3', '4') },
    after: {
      'cold-tikv': 'pingcap.com/namespaces/db/TidbCluster/basic',
      'hot-tikv': 'apps/namespaces/db/StatefulSet/cold-tikv',
    },
  },
  {
    name: 'nobody waits for a TidbCluster that is not applied',
    items: [annotated(BASE, 'config.kubernetes.io/local-config: "true"'), HOT],
    waves: stores('1', '2'),
    after: {},
  },
  {
    name: 'what is in no namespace yet cannot be named',
    items: [BASE, HOT].map((item) => item.replace('  namespace: db\n', '')),
    waves: stores('1', '2'),
    after: {},
  },
  {
    name: 'a wave that is not a number is ignored',
    items: [annotated(BASE, `${WAVE}: first`), HOT],
    waves: { basic: 'first', ...stores('1', '2') },
  },
  {
    name: 'as TidbClusters',
    items: [BASE, HOT, tidbGroup('hot', 'basic'), WEB],
    spec: '{output: TidbCluster}',
    waves: { hot: '1', web: '10' },
    after: {
      hot: 'pingcap.com/namespaces/db/TidbCluster/basic',
      web: 'pingcap.com/namespaces/db/TidbCluster/hot',
    },
  },
];

describe('the order', () => {
  test.each(ORDERS)('$name', async ({ items, spec = '{}', waves, after }) => {
    const { resources } = await expand(items, spec);
    const groups = resources.filter(({ kind }) => !`${kind}`.endsWith('Group'));
    const found: Record<string, unknown> = {};
    for (const resource of groups) {
      const name = String(at(resource, 'metadata', 'name'))
        .replace(/-peer$/, '')
        .replace(DIGEST_OF_JOB, '');
      const wave = at(resource, 'metadata', 'annotations', WAVE);
      if (wave !== undefined) expect(found[name] ?? wave).toBe(wave);
      if (wave !== undefined) found[name] = wave;
    }
    expect(found).toEqual(waves);
    if (after === undefined) return;
    const waits = groups.map((resource) => [
      at(resource, 'metadata', 'name'),
      at(resource, 'metadata', 'annotations', DEPENDS_ON),
    ]);
    expect(Object.fromEntries(waits.filter(([, value]) => value !== undefined))).toEqual(after);
    expect(waits.filter(([, value]) => value !== undefined)).toHaveLength(Object.keys(after).length);
  });

  test('does not depend on the order of the input', async () => {
    const items = [BASE, HOT, COLD, WEB, REPORTS];
    const forth = await told(DEPENDS_ON, items);
    expect(await told(DEPENDS_ON, items.toReversed())).toEqual(forth);
    expect(await told(WAVE, items.toReversed())).toEqual(await told(WAVE, items));
  });

  test('is never in a pod: it would restart with the order', async () => {
    const { resources } = await expand([BASE, HOT, WEB]);
    for (const title of ['StatefulSet db/hot-tikv', 'StatefulSet db/web-tidb']) {
      const template = at(find(resources, title), 'spec', 'template', 'metadata', 'annotations');
      expect(Object.keys(Object(template)).filter((key) => !key.startsWith('prometheus.io/'))).toEqual([]);
    }
  });
});

const CLUSTER = 'TidbCluster db/basic';
const STORES = [
  'ConfigMap db/hot-tikv',
  'PodDisruptionBudget db/basic-tikv',
  'Service db/hot-tikv-peer',
  'StatefulSet db/hot-tikv',
];
/** What drains them, by which nothing is lost. */
const DRAIN = ['ConfigMap db/hot-tikv-drain', 'Job db/hot-tikv-drain'];
const SERVERS = [
  'ConfigMap db/web-tidb',
  'PodDisruptionBudget db/web-tidb',
  'Service db/web-tidb-peer',
  'Service db/web-tidb',
  'StatefulSet db/web-tidb',
];
const all = (value: string, titles: readonly string[]) =>
  Object.fromEntries(titles.map((title) => [title, value]));
const LAST = { 'ConfigMap db/web-tidb': 'PruneLast=true' };

/** What engines make of it, the tests of engines.test.ts ask their own code. */
describe('what holds data, and what it cannot run without', () => {
  test.each([
    { key: OPTIONS, value: 'Prune=false,Delete=false', ofServers: LAST },
    { key: FLUX_PRUNE, value: 'disabled', ofServers: {} },
    { key: DETACH, value: 'detach', ofServers: {} },
  ])('is not taken away: $key', async ({ key, value, ofServers }) => {
    const items = [BASE, HOT, WEB];
    expect(await told(key, items)).toEqual({ ...all(value, [...STORES, CLUSTER]), ...ofServers });
    expect(await told(key, [BASE, WEB])).toEqual({ ...all(value, [CLUSTER]), ...ofServers });
    const hot = all('PruneLast=true', ['ConfigMap db/hot-tikv']);
    const without = await told(key, items, '{protectStores: false}');
    expect(without).toEqual(key === OPTIONS ? { ...ofServers, ...hot } : {});
    const clusters = await told(key, items, '{output: TidbCluster}');
    expect(clusters).toEqual(all(value, ['TidbCluster db/hot', CLUSTER]));
  });

  test('a TidbCluster without groups, and one that is for tools only, are left as they are', async () => {
    const local = annotated(BASE, 'config.kubernetes.io/local-config: "true"');
    for (const items of [[BASE], [local, HOT]]) {
      const { resources } = await expand(items);
      const { metadata } = resources.find(({ kind }) => kind === 'TidbCluster') ?? {};
      const keys = Object.keys(Object(at(metadata ?? {}, 'annotations')));
      expect(keys.filter((key) => [OPTIONS, FLUX_PRUNE, DETACH].includes(key))).toEqual([]);
    }
  });

  test.each<[says: string, becomes: string]>([
    ['Prune=confirm', 'Prune=confirm,Delete=false'],
    ['Prune=true,Delete=true', 'Prune=true,Delete=true'],
    ['ServerSideApply=true', 'ServerSideApply=true,Prune=false,Delete=false'],
    [' Delete=false , Replace=true', ' Delete=false , Replace=true,Prune=false'],
    ['', 'Prune=false,Delete=false'],
  ])('what a group or a TidbCluster says counts, and the rest is added: "%s"', async (says, becomes) => {
    const said = `${OPTIONS}: "${says}"`;
    const ofGroup = await told(OPTIONS, [BASE, annotated(HOT, said)]);
    expect(ofGroup).toEqual({
      ...all(becomes, STORES),
      [CLUSTER]: 'Prune=false,Delete=false',
      ...all(says, ['TiKVGroup db/hot', ...DRAIN]),
    });
    const ofClusters = await told(OPTIONS, [BASE, annotated(HOT, said)], '{output: TidbCluster}');
    expect(ofClusters).toMatchObject(all(becomes, ['TidbCluster db/hot']));
    expect(await told(OPTIONS, [annotated(BASE, said), HOT])).toMatchObject(all(becomes, [CLUSTER]));
  });

  test('of other annotations, what a group or a TidbCluster says counts instead', async () => {
    const group = annotated(HOT, `${FLUX_PRUNE}: enabled`);
    expect(await told(FLUX_PRUNE, [BASE, group])).toMatchObject(all('enabled', STORES));
    expect(await told(DETACH, [BASE, group])).toEqual(all('detach', [...STORES, CLUSTER]));
    const other = annotated(BASE, `${FLUX_PRUNE}: enabled`);
    expect(await told(FLUX_PRUNE, [other, HOT])).toEqual({
      ...all('disabled', STORES),
      ...all('enabled', [CLUSTER]),
    });
  });

  test('SQL servers that a group wants to be kept are, with what they need', async () => {
    const group = annotated(WEB, `${OPTIONS}: Prune=false`);
    expect(await told(OPTIONS, [BASE, group])).toEqual({
      ...all('Prune=false', SERVERS),
      'ConfigMap db/web-tidb': 'Prune=false,PruneLast=true',
      'TiDBGroup db/web': 'Prune=false',
      [CLUSTER]: 'Prune=false,Delete=false',
    });
  });

  test('a ConfigMap that is called after its data outlives a change of these', async () => {
    const rolling = '  configUpdateStrategy: RollingUpdate\n';
    const items = [BASE, tikvGroup('hot', 'basic', rolling), tidbGroup('web', 'basic', rolling)];
    const ofFiles = async (key: string) =>
      Object.entries(await told(key, items))
        .filter(([title]) => title.startsWith('ConfigMap'))
        .map(([title, value]) => [title.replace(/-[0-9a-f]{7}$/, ''), value]);
    const [hot, web] = ['ConfigMap db/hot-tikv', 'ConfigMap db/web-tidb'];
    const both = (value: string) => [hot, web].map((title) => [title, value]);
    expect(await ofFiles(OPTIONS)).toEqual([
      [hot, 'Prune=false,Delete=false'],
      [web, 'PruneLast=true'],
    ]);
    expect(await ofFiles(FLUX_PRUNE)).toEqual(both('disabled'));
    expect(await ofFiles(DETACH)).toEqual(both('detach'));
    expect(await ofFiles('argocd.argoproj.io/compare-options')).toEqual([
      [hot, 'IgnoreExtraneous'],
      [`${hot}-drain`, 'IgnoreExtraneous'],
    ]);
  });

  test('annotations of a TidbCluster are written once', async () => {
    const first = await expand([annotated(BASE, `${OPTIONS}: ServerSideApply=true`), HOT]);
    const there = Object(at(find(first.resources, CLUSTER), 'metadata', 'annotations'));
    const lines = Object.entries(there).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
    const second = await expand([annotated(BASE, ...lines), HOT]);
    expect(at(find(second.resources, CLUSTER), 'metadata', 'annotations')).toEqual(there);
  });
});

test('Flux puts no values into scripts, which have `${…}` of their own', async () => {
  const { resources } = await expand([BASE, HOT, WEB]);
  const isMarked = (resource: MapValue) =>
    at(resource, 'metadata', 'annotations', FLUX_SUBSTITUTE) === 'disabled';
  const ofGroups = resources.filter(({ kind }) => kind !== 'TidbCluster');
  for (const resource of ofGroups.filter((one) => JSON.stringify(one, plain).includes('${'))) {
    expect([titleOf(resource), isMarked(resource)]).toEqual([titleOf(resource), true]);
  }
  expect(ofGroups.filter(isMarked).map(titleOf)).toEqual([
    'ConfigMap db/hot-tikv',
    'ConfigMap db/hot-tikv-drain',
    'ConfigMap db/web-tidb',
  ]);
});

const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

describe('labels and annotations of a group', () => {
  const CARRIED = {
    labels: { team: 'db', 'app.kubernetes.io/part-of': 'shop', 'example.com/cost': '7' },
    annotations: { contact: 'me', 'example.com/pingcap.com': 'x', 'prometheus.io/scrape': 'no' },
  };
  /** What is for the very resource that it stands on, and what is there already. */
  const LEFT = {
    labels: {
      'app.kubernetes.io/instance': 'shop',
      'app.kubernetes.io/name': 'shop',
      'helm.sh/chart': 'shop-1',
    },
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
      'config.kubernetes.io/origin': 'path: a.yaml\n',
      'internal.config.kubernetes.io/previousNames': 'a',
      'kustomize.config.k8s.io/behavior': 'merge',
      'internal.kpt.dev/upstream-identifier': 'a|b|c|d',
      'argocd.argoproj.io/hook': 'PreSync',
      'kustomize.toolkit.fluxcd.io/force': 'enabled',
      'meta.helm.sh/release-name': 'shop',
      'kapp.k14s.io/change-group': 'db',
      'objectset.rio.cattle.io/id': 'x',
      'configsync.gke.io/declared-fields': '{}',
      'tidb.pingcap.com/restartedAt': 'today',
      'groups.pingcap.com/confirm': 'store-removal@1a2b3c4',
    },
  };
  /** Those of the group that a budget has, which has no labels of its own. */
  const UNLABELED = { 'app.kubernetes.io/instance': 'shop', 'app.kubernetes.io/name': 'shop' };
  const metadata = {
    labels: { ...CARRIED.labels, ...LEFT.labels },
    annotations: { ...CARRIED.annotations, ...LEFT.annotations },
  };
  const marked = (text: string) =>
    text.replace(
      '\nspec:',
      `\n  labels: ${JSON.stringify(metadata.labels)}\n  annotations: ${JSON.stringify(metadata.annotations)}\nspec:`,
    );
  const generated = (resources: readonly MapValue[]) =>
    resources.filter(({ kind }) => !/^Ti[dK]/i.test(`${kind}`));
  const without = async (...items: readonly string[]) => generated((await expand(items)).resources);

  test('go to the metadata of its resources, and nothing else does', async () => {
    const { resources } = await expand([BASE, marked(HOT), marked(WEB)]);
    const plainly = await without(BASE, HOT, WEB);
    expect(generated(resources)).toEqual(
      plainly.map((resource) => ({
        ...resource,
        metadata: {
          ...(resource.metadata as MapValue),
          labels: { ...CARRIED.labels, ...Object(at(resource, 'metadata', 'labels') ?? UNLABELED) },
          annotations: { ...CARRIED.annotations, ...(at(resource, 'metadata', 'annotations') as MapValue) },
        },
      })),
    );
    expect(generated(resources)).toHaveLength(11);
  });

  test('stay where `copyMetadata` is false', async () => {
    const { resources } = await expand([BASE, marked(HOT), marked(WEB)], '{copyMetadata: false}');
    expect(generated(resources)).toEqual(await without(BASE, HOT, WEB));
  });

  test('restart no pod when they change', () => {
    const sandbox = new Sandbox({
      'old.yaml': [BASE, HOT, WEB].join('---\n'),
      'new.yaml': [BASE, marked(HOT).replace(/"groups[^,}]*/, '"a":"b"'), WEB].join('---\n'),
    });
    for (const file of ['old', 'new']) {
      const { stdout } = sandbox.groups(['render', `${file}.yaml`]);
      sandbox.write({ [`rendered/${file}.yaml`]: stdout });
    }
    const { stdout, status } = sandbox.groups(['diff', 'rendered/old.yaml', 'rendered/new.yaml']);
    expect({ status, restarts: stdout.includes('restart') }).toEqual({ status: 3, restarts: false });
  });
});

const HPA = (target: string) =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web, namespace: db}\nspec:\n  scaleTargetRef: ${target}\n  maxReplicas: 9\n`;
const KEDA = (target: string) =>
  `apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: web, namespace: db}\nspec:\n  scaleTargetRef: ${target}\n  triggers: []\n`;
const TARGET = '{apiVersion: apps/v1, kind: StatefulSet, name: web-tidb}';

describe('a suspended group', () => {
  const sets = async (items: readonly string[], spec?: string) => {
    const { resources, failed } = await expand(items, spec);
    expect(failed).toBe(false);
    return resources.filter(({ kind }) => kind === 'StatefulSet');
  };

  test.each([
    ['stores', HOT, tikvGroup('hot', 'basic', SUSPENDED)],
    ['SQL servers', WEB, tidbGroup('web', 'basic', SUSPENDED)],
  ])('of %s is as it was, but has no replicas', async (_, group, suspended) => {
    const [running, stopped] = [await sets([BASE, group]), await sets([BASE, suspended])];
    const annotations = {
      ...Object(at(running[0] ?? {}, 'metadata', 'annotations')),
      [SUSPENDED_MARK]: 'true',
    };
    expect(stopped).toEqual(
      running.map(({ metadata, spec, ...rest }) => ({
        ...rest,
        metadata: { ...Object(metadata), annotations },
        spec: { ...Object(spec), replicas: 0n },
      })),
    );
  });

  test('is one whose cluster is, unless it says otherwise', async () => {
    const all = BASE.replace('  timezone: UTC\n', `  timezone: UTC\n${SUSPENDED}`);
    const awake = tikvGroup('cold', 'basic', '  suspendAction: {suspendStatefulSet: false}\n');
    const found = (await sets([all, HOT, awake])).map((set) => [titleOf(set), at(set, 'spec', 'replicas')]);
    expect(found).toEqual([
      ['StatefulSet db/hot-tikv', 0n],
      ['StatefulSet db/cold-tikv', 3n],
    ]);
  });

  test('is left to no autoscaler', async () => {
    const group = annotated(tidbGroup('web', 'basic', SUSPENDED), 'groups.pingcap.com/autoscaled: "true"');
    expect((await sets([BASE, group])).map((set) => at(set, 'spec', 'replicas'))).toEqual([0n]);
  });

  test('says nothing of it as a TidbCluster, which the operator suspends', async () => {
    const items = [BASE, tikvGroup('hot', 'basic', SUSPENDED)];
    expect(await sets(items, '{output: TidbCluster}')).toEqual([]);
    expect(await told(SUSPENDED_MARK, items, '{output: TidbCluster}')).toEqual({});
  });
});

describe('the number of servers is left to an autoscaler', () => {
  test.each([
    { name: 'a HorizontalPodAutoscaler', items: [WEB, HPA(TARGET)], left: true },
    { name: 'a ScaledObject of KEDA', items: [KEDA('{kind: StatefulSet, name: web-tidb}'), WEB], left: true },
    {
      name: 'one that is not among the resources',
      items: [annotated(WEB, 'groups.pingcap.com/autoscaled: "true"')],
      left: true,
    },
    { name: 'none', items: [WEB], left: false },
    {
      name: 'one of another StatefulSet',
      items: [WEB, HPA(TARGET.replace('web-tidb', 'shop'))],
      left: false,
    },
    { name: 'one of a Deployment', items: [WEB, KEDA('{name: web-tidb}')], left: false },
    {
      name: 'one in another namespace',
      items: [WEB, HPA(TARGET).replace('namespace: db', 'namespace: shop')],
      left: false,
    },
    {
      name: 'a group that says it has none',
      items: [annotated(WEB, 'groups.pingcap.com/autoscaled: "false"')],
      left: false,
    },
  ])('$name', async ({ items, left }) => {
    const { resources, messages } = await expand([BASE, ...items]);
    const set = find(resources, 'StatefulSet db/web-tidb');
    expect(at(set, 'spec', 'replicas')).toBe(left ? undefined : 2n);
    expect(messages).toEqual([]);
  });

  test('a warning says what that means for stores', async () => {
    const { resources, messages } = await expand([BASE, HOT, HPA(TARGET.replace('web-tidb', 'hot-tikv'))]);
    expect(at(find(resources, 'StatefulSet db/hot-tikv'), 'spec', 'replicas')).toBeUndefined();
    expect(messages).toEqual([
      expect.stringMatching(
        /^warning: TiKVGroup db\/hot: `spec.replicas` is left to .*\[autoscaled-stores\]$/,
      ),
    ]);
  });

  test('a warning says what that means for members of PD', async () => {
    const { messages } = await expand([BASE, MEMBERS, HPA(TARGET.replace('web-tidb', 'west-pd'))]);
    expect(messages).toEqual([
      expect.stringContaining('removes members without deleting them from the quorum'),
    ]);
  });

  test('a warning says that TiDB Operator goes before it', async () => {
    const { resources, messages } = await expand([BASE, WEB, HPA(TARGET)], '{output: TidbCluster}');
    expect(at(find(resources, 'TidbCluster db/web'), 'spec', 'tidb', 'replicas')).toBe(2n);
    expect(messages).toEqual([
      expect.stringContaining('goes before the autoscaler of the StatefulSet "web-tidb"'),
    ]);
  });

  test('and `diff` says so where it was not', () => {
    const sandbox = new Sandbox({
      'old.yaml': [BASE, WEB].join('---\n'),
      'new.yaml': [BASE, WEB, HPA(TARGET)].join('---\n'),
    });
    const { stdout, status } = sandbox.groups(['diff', 'old.yaml', 'new.yaml']);
    expect(stdout).toContain('DANGER replicas-handed-over  TiDBGroup db/web');
    expect(status).toBe(4);
    expect(sandbox.groups(['diff', 'new.yaml', 'new.yaml']).status).toBe(0);
  });
});

describe('stores that restart with a change of all of them', () => {
  const both = (memory: string) =>
    [
      BASE,
      ...['cold', 'hot'].map((name) => tikvGroup(name, 'basic', `  limits: {memory: ${memory}}\n`)),
    ].join('---\n');
  const CONFIG =
    'apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: c}\nspec: {syncWaves: true}\n';
  const said = (wave: string) => (text: string) =>
    text.replace('name: hot\n', `name: hot\n  annotations: {${WAVE}: "${wave}"}\n`);

  test.each([
    {
      name: 'are a danger by default: nobody may be there to wait',
      change: (text: string) => text,
      status: 4,
    },
    { name: 'are none where waves are asked for', change: (text: string) => text, config: CONFIG, status: 3 },
    { name: 'are none where people have written waves', change: said('3'), status: 3 },
  ])('$name', ({ change, config, status }) => {
    const sandbox = new Sandbox({
      'old.yaml': change(both('8Gi')),
      'new.yaml': change(both('16Gi')),
      ...(config !== undefined && { 'config.yaml': config }),
    });
    const args = config === undefined ? [] : ['--config', 'config.yaml'];
    expect(sandbox.groups(['diff', ...args, 'old.yaml', 'new.yaml']).status).toBe(status);
    for (const side of ['old', 'new']) {
      sandbox.write({ [`${side}-out.yaml`]: sandbox.groups(['render', ...args, `${side}.yaml`]).stdout });
    }
    const ofRendered = sandbox.groups(['diff', ...args, 'old-out.yaml', 'new-out.yaml']).status;
    expect(ofRendered).toBe(config === undefined ? 4 : status);
  });
});

describe('an instance label that somebody else has written', () => {
  const LABEL = 'app.kubernetes.io/instance';
  const onCluster = (value: string) => BASE.replace('\nspec:', `\n  labels: {${LABEL}: ${value}}\nspec:`);

  test.each([
    { name: 'on a TidbCluster', item: onCluster('shop'), says: 'TidbCluster db/basic: the label' },
    { name: 'that is the name of the TidbCluster', item: onCluster('basic'), says: undefined },
  ])('$name', async ({ item, says }) => {
    const { messages } = await expand([item]);
    expect(messages).toEqual(says === undefined ? [] : [expect.stringContaining(says)]);
  });

  test.each([
    { name: 'nothing', change: (text: string) => text, says: [] },
    {
      name: 'a labels transformer, or Argo CD',
      change: (text: string) => text.replaceAll(`${LABEL}: hot`, `${LABEL}: shop`),
      says: [
        'ConfigMap db/hot-tikv',
        'ConfigMap db/hot-tikv-drain',
        'Job db/hot-tikv-drain',
        'Service db/hot-tikv-peer',
        'StatefulSet db/hot-tikv',
      ],
    },
  ])('on what is rendered is seen by `validate --rendered`: $name', ({ change, says }) => {
    const sandbox = new Sandbox({ 'a.yaml': [BASE, HOT].join('---\n') });
    const rendered = change(sandbox.groups(['render', 'a.yaml']).stdout);
    const { stdout } = sandbox.groups(['validate', '--rendered', '-o', 'json', '-'], { input: rendered });
    const { problems } = JSON.parse(stdout);
    const found = problems.filter(({ code }: { code: string }) => code === 'instance-label');
    expect(found.map(({ resource }: { resource: Named }) => nameOf(resource)).sort()).toEqual(says);
  });
});

interface Named {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

function nameOf({ kind, namespace, name }: Named): string {
  return `${kind} ${namespace}/${name.replace(DIGEST_OF_JOB, '')}`;
}
