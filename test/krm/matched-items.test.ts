import { Configs } from 'kpt-functions';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { expandTidbGroups, run } from '../../functions/expand-tidb-groups/index.ts';
import type { MapValue } from '../../src/yaml/index.ts';
import { CLUSTER, resourceList, TIKV_GROUP } from '../support/basic.ts';
import { at, find, readYaml } from '../support/read-yaml.ts';

/** The two by which kustomize and kpt match what comes back with what they gave, to copy comments. */
const IDS = `    internal.config.kubernetes.io/id: '1'\n    config.k8s.io/id: '1'\n`;
const OTHERS = `    kustomize.config.k8s.io/id: |\n      group: pingcap.com\n    config.kubernetes.io/index: '0'\n`;
const NOTED = '    groups.pingcap.com/tikv: hot\n';
/** What else a cluster with groups comes to have: the count of a whole render, and what keeps it. */
const KEPT =
  /^ +(?:groups\.pingcap\.com\/rendered|argocd\.argoproj\.io\/sync-options|kustomize\.toolkit\.fluxcd\.io\/prune|client\.lifecycle\.config\.k8s\.io\/deletion): .*\n/gm;

/** A cluster as an orchestrator hands it over, with its configs as texts, and with one as a map. */
const TEXTS = CLUSTER.replace('spec:\n', `  annotations:\n${OTHERS}${IDS}spec:\n`).replace('""', "''");
const MAP = TEXTS.replace("config: ''", 'config: {}');

async function cameOf(list: string): Promise<string> {
  const { output, failed, messages } = await run(Buffer.from(list));
  expect(failed ? messages : []).toEqual([]);
  return [...output].map((piece) => Buffer.from(piece).toString()).join('');
}

function itemsOf(list: string): MapValue[] {
  const [{ items = null } = {}] = readYaml(list);
  return Array.isArray(items) ? items.map((_, index) => at(items, index) as MapValue) : [];
}

test('an item keeps what it is matched by where an edit leaves every node of its kind', async () => {
  const came = await cameOf(resourceList(TEXTS, TIKV_GROUP));
  expect(came.replace(KEPT, '').startsWith(resourceList(TEXTS.replace(IDS, IDS + NOTED)))).toBe(true);
});

describe('an item is not matched any more', () => {
  test('where a config that was a map becomes a text; all else of it stays', async () => {
    const came = await cameOf(resourceList(MAP, TIKV_GROUP));
    expect(came.replace(KEPT, '').startsWith(resourceList(TEXTS.replace(IDS, NOTED)))).toBe(true);
  });

  test('whatever way its annotations are written', async () => {
    const annotations = `  annotations: {a: x, internal.config.kubernetes.io/id: '1', "config.k8s.io/id": '1'}\n`;
    const text = CLUSTER.replace('config: ""', 'config: {}').replace('spec:\n', `${annotations}spec:\n`);
    expect(await cameOf(resourceList(text))).toContain('  annotations: {a: x}\n');
  });

  test('where only one of the two is there', async () => {
    const came = await cameOf(resourceList(MAP.replace("    config.k8s.io/id: '1'\n", '')));
    expect(came).toBe(resourceList(TEXTS.replace(IDS, '')));
  });

  test('where its text cannot be edited, or the list has no items of its own', async () => {
    const lent = MAP.replace('config: ""', 'config: &c {a: &b 1, c: *b}');
    const [, items = ''] = resourceList(lent).split('items:\n');
    for (const list of [resourceList(lent), `kind: ResourceList\nall: &all\n${items}items: *all\n`]) {
      const [item] = itemsOf(await cameOf(list));
      expect(at(item, 'metadata')).toEqual(readYaml(TEXTS.replace(IDS, ''))[0]?.metadata);
    }
  });

  test('where a list loses an item, as the comments of that would move on to the next', async () => {
    const monitor = (clusters: string, annotations: string) =>
      `apiVersion: pingcap.com/v1alpha1\nkind: TidbMonitor\nmetadata:\n  name: monitor\n  namespace: db\n  annotations:\n${annotations}spec:\n  clusters:\n  - name: basic\n${clusters}  - name: mine\n`;
    const before = monitor(
      '  - name: gone # for now\n',
      `    groups.pingcap.com/clusters: gone\n${OTHERS}${IDS}`,
    );
    const came = await cameOf(resourceList(TEXTS, before));
    expect(came.startsWith(resourceList(TEXTS, monitor('', OTHERS)))).toBe(true);
  });

  test('where somebody has put another kind of node into what was generated', async () => {
    const old = (data: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: hot-tikv\n  namespace: db\n  annotations:\n    groups.pingcap.com/generated-by: TiKVGroup/hot\n${OTHERS}${IDS}data:\n  config-file: ${data}\n`;
    const annotations = async (data: string) => {
      const items = itemsOf(await cameOf(resourceList(TEXTS, TIKV_GROUP, old(data))));
      return Object.keys(at(find(items, 'ConfigMap db/hot-tikv'), 'metadata', 'annotations') ?? {});
    };
    const ids = ['internal.config.kubernetes.io/id', 'config.k8s.io/id'];
    expect(await annotations('a = 1')).toEqual(expect.arrayContaining(ids));
    expect(await annotations('b\n  more: {a: 1}')).toEqual(expect.arrayContaining(ids));
    const left = await annotations('{a: 1}');
    expect(left.filter((key) => ids.includes(key))).toEqual([]);
    expect(left).toContain('kustomize.config.k8s.io/id');
  });

  test('where that node is in an item of a list that stands elsewhere now, and is known by its name', async () => {
    const old = (env: string) =>
      `apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: hot-tikv\n  namespace: db\n  annotations:\n    groups.pingcap.com/generated-by: TiKVGroup/hot\n${OTHERS}${IDS}spec:\n  template:\n    spec:\n      containers:\n      - name: other\n      - name: tikv\n        env: ${env}\n`;
    const isMatched = async (env: string) => {
      const items = itemsOf(await cameOf(resourceList(TEXTS, TIKV_GROUP, old(env))));
      const annotations = at(find(items, 'StatefulSet db/hot-tikv'), 'metadata', 'annotations');
      return 'config.k8s.io/id' in Object(annotations);
    };
    expect(await isMatched('[{name: A, value: x}]')).toBe(true);
    expect(await isMatched('{A: x}')).toBe(false);
  });

  test('in a function of kpt-functions', async () => {
    const configs = new Configs([parse(MAP)]);
    await expandTidbGroups(configs);
    expect(configs.getAll()).toEqual([parse(TEXTS.replace(IDS, ''))]);
  });
});
