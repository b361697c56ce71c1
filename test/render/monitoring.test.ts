import { describe, expect, it } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { cluster, resourceList, tidbGroup, tikvGroup } from '../support/basic.ts';
import { at, readYaml, titleOf } from '../support/read-yaml.ts';

const BASE = cluster('basic');
const HOT = tikvGroup('hot', 'basic');
const WEB = tidbGroup('web', 'basic');
const ALL = [BASE, HOT, WEB];
const POD_MONITOR = 'monitoring: {kind: PodMonitor}';
const CONFIG_MAP = 'monitoring: {kind: ConfigMap}';

function itemsOf(list: string): MapValue[] {
  const items = list === '' ? [] : at(readYaml(list)[0], 'items');
  const plain = JSON.stringify(items, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
  return JSON.parse(plain);
}

async function expand(items: readonly string[], spec = POD_MONITOR) {
  const config = `functionConfig:\n  apiVersion: groups.pingcap.com/v1alpha1\n  kind: ExpandTidbGroups\n  metadata: {name: c}\n  spec: {${spec}}\n`;
  const { output, messages } = await run(Buffer.from(resourceList(...items) + config));
  const text = [...output].map((piece) => Buffer.from(piece).toString()).join('');
  const all = itemsOf(text);
  const resources = new Map(all.map((one) => [titleOf(one), one]));
  const monitors = all.filter(({ kind }) => kind === 'PodMonitor').map(titleOf);
  return { text, messages, resources, monitors };
}

const annotationsOf = (resource: MapValue | undefined) => at(resource, 'metadata', 'annotations');

const instancesOf = (resource: MapValue | undefined) =>
  at(resource, 'spec', 'selector', 'matchExpressions', 0, 'values');

const endpointsOf = (resource: MapValue | undefined) => {
  const endpoints = at(resource, 'spec', 'podMetricsEndpoints');
  return Array.isArray(endpoints) ? endpoints.map((endpoint) => at(endpoint, 'port')) : [];
};

describe('a cluster with groups has a PodMonitor', () => {
  it.each([
    ['where it is asked for', ALL, POD_MONITOR, ['PodMonitor db/basic']],
    ['not where it is not', ALL, '', []],
    ['nor for a cluster without groups', [BASE, HOT, cluster('other')], POD_MONITOR, ['PodMonitor db/basic']],
    ['nor as a ConfigMap', ALL, CONFIG_MAP, []],
    [
      'also where TiDB Operator runs the groups',
      ALL,
      `${POD_MONITOR}, output: TidbCluster`,
      ['PodMonitor db/basic'],
    ],
    [
      'one each',
      [...ALL, cluster('other'), tikvGroup('cold', 'other')],
      POD_MONITOR,
      ['PodMonitor db/basic', 'PodMonitor db/other'],
    ],
  ])('%s', async (_, items, spec, wanted) => {
    const { messages, monitors } = await expand(items, spec);
    expect(messages.filter((message) => message.startsWith('error'))).toEqual([]);
    expect(monitors).toEqual(wanted);
  });

  it('marked and ordered as the cluster is, and kept by nobody', async () => {
    for (const items of [ALL, [WEB, HOT, BASE]]) {
      const { resources } = await expand(items);
      const monitor = resources.get('PodMonitor db/basic');
      expect(annotationsOf(monitor)).toEqual({ 'groups.pingcap.com/generated-by': 'TidbCluster/basic' });
      expect(instancesOf(monitor)).toEqual(['basic', 'hot', 'web']);
      expect(endpointsOf(monitor)).toEqual(['client', 'server', 'status']);
    }
  });

  it('with TidbClusters that join it, and PD’s microservices', async () => {
    const joins = cluster('more')
      .replace(/ {2}pd:[\s\S]*?(?= {2}tikv:)/, '')
      .replace('spec:', 'spec:\n  cluster: {name: basic}\n  ticdc: {replicas: 1}');
    const base = BASE.replace('spec:', 'spec:\n  pdms: [{name: tso, replicas: 2, baseImage: pingcap/pd}]');
    const { resources } = await expand([base, HOT, joins]);
    const monitor = resources.get('PodMonitor db/basic');
    expect(instancesOf(monitor)).toEqual(['basic', 'hot', 'more']);
    expect(endpointsOf(monitor)).toEqual(['client', 'server', 'ticdc', 'server']);
  });

  it('in the namespace of the cluster, also for groups in another one, which it names', async () => {
    const far = tikvGroup('far', 'basic', '', 'away').replace(
      'name: basic',
      'name: basic\n    namespace: db',
    );
    const { messages, resources } = await expand([BASE, far], `${POD_MONITOR}, rollout: Plain`);
    expect(messages).toEqual([]);
    const monitor = resources.get('PodMonitor db/basic');
    expect(at(monitor, 'spec', 'namespaceSelector')).toEqual({ matchNames: ['away', 'db'] });
  });

  it('in the wave of the cluster, and with its labels', async () => {
    const told = 'name: basic\n  labels: {team: db}\n  annotations: {argocd.argoproj.io/sync-wave: "3"}\n';
    const { resources } = await expand(
      [BASE.replace('name: basic\n', told), HOT],
      `${POD_MONITOR.replace('}', ', labels: {release: a}}')}`,
    );
    const monitor = resources.get('PodMonitor db/basic');
    expect(at(annotationsOf(monitor), 'argocd.argoproj.io/sync-wave')).toBe('3');
    expect(at(monitor, 'metadata', 'labels')).toEqual({ release: 'a', team: 'db' });
  });

  it('without a namespace where nobody writes one', async () => {
    const bare = ALL.map((item) => item.replace('  namespace: db\n', ''));
    const { messages, resources } = await expand(bare);
    expect(messages).toEqual([]);
    expect(at(resources.get('PodMonitor basic'), 'metadata', 'namespace')).toBeUndefined();
    const refused = await expand(bare, CONFIG_MAP);
    expect(refused.messages).toEqual([expect.stringMatching(/^error: .*\[scrape-namespace\]/)]);
  });
});

describe('the settings', () => {
  const told = async (data: string) => {
    const config = `functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: c}\n  data: {${data}}\n`;
    const { output, messages } = await run(Buffer.from(resourceList(...ALL) + config));
    const text = [...output].map((piece) => Buffer.from(piece).toString()).join('');
    return { messages, monitor: itemsOf(text).find(({ kind }) => kind === 'PodMonitor') };
  };

  it('may be texts of a ConfigMap', async () => {
    const { messages, monitor } = await told(
      'monitoring.kind: PodMonitor, monitoring.intervalSeconds: "20", monitoring.labels.example.com/release: a.b',
    );
    expect(messages).toEqual([]);
    expect(at(monitor, 'metadata', 'labels')).toEqual({ 'example.com/release': 'a.b' });
    expect(at(monitor, 'spec', 'podMetricsEndpoints', 0, 'interval')).toBe('20s');
  });

  it.each([
    ['monitoring: {}', /^error: .*`spec\.monitoring\.kind` is missing.*\[field-missing\]/],
    ['monitoring: {kind: ""}', /^error: .*`spec\.monitoring\.kind` must not be empty.*\[field-missing\]/],
    ['monitoring: {kind: ServiceMonitor}', /^error: .*\[field-enum\]/],
    ['monitoring: {kind: PodMonitor, labels: {a b: c}}', /^error: .*\[label-syntax\]/],
    ['monitoring: {kind: PodMonitor, intervalSeconds: 0}', /^error: .*\[field-range\]/],
    ['monitoring: {kind: ConfigMap, secretsDirectory: here}', /^error: .*\[path\]/],
    ['monitoring: {kind: PodMonitor, secretsDirectory: /here}', /^warning: .*\[no-effect\]/],
  ])('are checked: %s', async (spec, message) => {
    expect((await expand(ALL, spec)).messages).toEqual([expect.stringMatching(message)]);
  });
});

describe('a monitor of a user', () => {
  const monitor = (kind: string, spec: string, namespace = 'db') =>
    `apiVersion: monitoring.coreos.com/v1\nkind: ${kind}\nmetadata: {name: mine, namespace: ${namespace}}\nspec: {${spec}}\n`;
  const OF_HOT = 'selector: {matchLabels: {app.kubernetes.io/instance: hot}}';
  const OF_BASE =
    'selector: {matchExpressions: [{key: app.kubernetes.io/instance, operator: In, values: [basic]}]}';
  const OF_CLIENTS = 'selector: {matchLabels: {app.kubernetes.io/used-by: end-user}}';

  it.each([
    ['PodMonitor', OF_HOT, 'db', 'selects pods of the TiKVGroup "hot"'],
    ['PodMonitor', OF_BASE, 'db', 'selects pods of the TidbCluster "basic"'],
    ['PodMonitor', 'selector: {}', 'db', 'selects pods of'],
    ['PodMonitor', `${OF_HOT}, namespaceSelector: {any: true}`, 'monitoring', 'selects pods of'],
    ['PodMonitor', `${OF_HOT}, namespaceSelector: {matchNames: [db]}`, 'monitoring', 'selects pods of'],
    ['ServiceMonitor', OF_CLIENTS, 'db', 'selects a Service of the TiDBGroup "web"'],
  ])('is named, and takes the place: a %s with {%s} in %s', async (kind, spec, namespace, says) => {
    const { messages, monitors } = await expand([...ALL, monitor(kind, spec, namespace)]);
    expect(messages).toEqual([expect.stringMatching(/^info: .*\[already-there\]/)]);
    expect(messages[0]).toContain(`the ${kind} "mine"`);
    expect(messages[0]).toContain(says);
    expect(monitors).toEqual(kind === 'PodMonitor' ? [`PodMonitor ${namespace}/mine`] : []);
  });

  it('is found as well where TiDB Operator runs the groups', async () => {
    const { messages } = await expand(
      [...ALL, monitor('PodMonitor', OF_HOT)],
      `${POD_MONITOR}, output: TidbCluster`,
    );
    expect(messages.filter((message) => message.includes('[already-there]')).length).toBe(1);
  });

  it.each([
    ['PodMonitor', OF_HOT, 'elsewhere'],
    ['PodMonitor', `${OF_HOT}, namespaceSelector: {matchNames: [x]}`, 'db'],
    ['PodMonitor', 'selector: {matchLabels: {app.kubernetes.io/instance: other}}', 'db'],
    ['ServiceMonitor', 'selector: {matchLabels: {app: shop}}', 'db'],
  ])('of others stays beside it: a %s with {%s} in %s', async (kind, spec, namespace) => {
    const { messages, monitors } = await expand([...ALL, monitor(kind, spec, namespace)]);
    expect(messages).toEqual([]);
    expect(monitors).toContain('PodMonitor db/basic');
  });

  it('cannot have the name', async () => {
    const taken = monitor('PodMonitor', 'selector: {matchLabels: {app: shop}}').replace('mine', 'basic');
    const { messages } = await expand([...ALL, taken]);
    expect(messages).toEqual([expect.stringMatching(/^error: .*\[collision\]/)]);
  });
});

describe('in a package', () => {
  const placed = (item: string, file: string) =>
    item.replace('metadata:\n', `metadata:\n  annotations: {config.kubernetes.io/path: ${file}}\n`);
  const PACKAGE = [placed(BASE, 'cluster.yaml'), placed(HOT, 'hot.yaml'), placed(WEB, 'web.yaml')];
  const textsOf = (list: string) => itemsOf(list).map((item) => JSON.stringify(item));
  const MAP = 'ConfigMap db/basic-scrape-config';

  it.each([
    [POD_MONITOR, 'PodMonitor db/basic'],
    [CONFIG_MAP, MAP],
    [`${POD_MONITOR}, disruptionBudgets: true`, 'PodMonitor db/basic'],
  ])('with {%s} it is the same another time', async (spec, title) => {
    const first = await expand(PACKAGE, spec);
    expect(at(annotationsOf(first.resources.get(title)), 'config.kubernetes.io/path')).toBe(
      'basic-monitoring.yaml',
    );
    const again = await expand(textsOf(first.text), spec);
    expect(again.messages).toEqual([]);
    expect([...again.resources]).toEqual([...first.resources]);
  });

  it('one kind takes the place of the other, and both go with the setting', async () => {
    const first = await expand(PACKAGE);
    const second = await expand(textsOf(first.text), CONFIG_MAP);
    expect(second.messages).toEqual([]);
    expect(second.monitors).toEqual([]);
    expect([...second.resources.keys()]).toContain(MAP);
    const last = await expand(textsOf(second.text), '');
    expect([...last.resources.keys()]).toEqual([...(await expand(PACKAGE, '')).resources.keys()]);
  });

  it('the files of servers are still their own', async () => {
    const first = await expand(PACKAGE, CONFIG_MAP);
    const files = [...first.resources.keys()].filter((title) => title.startsWith('ConfigMap'));
    expect(files.toSorted()).toEqual([
      ...[MAP, 'ConfigMap db/hot-tikv', 'ConfigMap db/hot-tikv-drain'],
      'ConfigMap db/web-tidb',
    ]);
  });

  it('with groups elsewhere it is the same another time, and goes with the last of them', async () => {
    const far = tikvGroup('far', 'basic', '', 'away').replace(
      'name: basic',
      'name: basic\n    namespace: db',
    );
    const first = await expand([PACKAGE[0] ?? '', placed(far, 'far.yaml')]);
    const again = await expand(textsOf(first.text));
    expect([...again.resources]).toEqual([...first.resources]);
    const without = textsOf(first.text).filter((item) => !item.includes('"kind":"TiKVGroup"'));
    const { monitors } = await expand(without, `${POD_MONITOR}, guard: false`);
    expect(monitors).toEqual([]);
  });
});
