import { describe, expect, test } from 'vitest';
import { parseAllDocuments, parseDocument } from 'yaml';
import {
  asFile,
  clusters,
  mixed,
  OWN_RESOURCES,
  type Resource,
  resourceList,
  type Style,
  TIDB_GROUPS,
  TIKV_GROUPS,
} from '../../scripts/bench/inputs/index.ts';

interface Item {
  kind: string;
  metadata: { name: string; namespace: string; annotations: Record<string, string> };
  spec?: { cluster?: { name: string; namespace?: string } };
  data?: Record<string, string>;
}

interface List {
  apiVersion: string;
  kind: string;
  items: Item[];
  functionConfig: { kind: string };
}

const text = (resources: Iterable<Resource>, style: Style = 'block') =>
  [...resourceList(resources, style)].join('');

/** With an independent parser, as Kubernetes reads it; an error or a warning fails the test. */
function read<T = List>(source: string): T {
  const document = parseDocument(source, { version: '1.1', merge: false });
  expect([...document.errors, ...document.warnings]).toEqual([]);
  return document.toJS();
}

const share = (items: Item[], kind: string) => items.filter((item) => item.kind === kind).length;

describe('lists of mixed resources', () => {
  test.each([10, 100, 400])('%i resources: one cluster with 8 groups, and others', (size) => {
    const { items, ...list } = read(text(mixed(size)));
    expect(list).toMatchObject({ apiVersion: 'config.kubernetes.io/v1', kind: 'ResourceList' });
    expect(Object.keys(list).at(-1)).toBe('functionConfig');
    expect(items).toHaveLength(size);
    expect(share(items, 'TidbCluster')).toBe(1);
    expect(share(items, 'TiKVGroup')).toBe(TIKV_GROUPS.length);
    expect(share(items, 'TiDBGroup')).toBe(TIDB_GROUPS.length);
    expect(OWN_RESOURCES).toBe(9);
  });

  test('40 % Deployments, 15 % Services, 45 % ConfigMaps', () => {
    const { items } = read(text(mixed(1000 + OWN_RESOURCES)));
    expect(share(items, 'Deployment')).toBe(400);
    expect(share(items, 'Service')).toBe(150);
    expect(share(items, 'ConfigMap')).toBe(450);
  });

  test('about 2.2 KB and 71 lines a resource', () => {
    const source = text(mixed(1000));
    expect(Buffer.byteLength(source) / 1000).toBeCloseTo(2220, -2);
    expect(source.split('\n').length / 1000).toBeCloseTo(71, 0);
  });

  test('no two resources have one id, and no two one file', () => {
    const all = [...mixed(5000)];
    expect(new Set(all.map(({ kind, name, namespace }) => `${kind} ${namespace}/${name}`)).size).toBe(5000);
    expect(new Set(all.map(({ file }) => file)).size).toBe(5000);
  });

  test('a resource tells its own kind, name and namespace', () => {
    for (const resource of mixed(100)) {
      const { kind, metadata } = read<Item>(asFile(resource));
      expect({ kind, name: metadata.name, namespace: metadata.namespace }).toEqual({
        kind: resource.kind,
        name: resource.name,
        namespace: resource.namespace,
      });
    }
  });

  test('what makes YAML hard is there: literals, comments, quotes, flow maps, octal modes', () => {
    const source = text(mixed(100));
    for (const trap of [/: \|$/m, /: \|-$/m, /: \|2$/m, /: >-$/m, /^- # /m, /^ +# /m, /: "yes"/, /: \{/]) {
      expect(source).toMatch(trap);
    }
    expect(source).toMatch(/defaultMode: 0644/);
  });
});

test('the same input is made every time, and a resource is the same in a list of any length', () => {
  expect(text(mixed(200))).toBe(text(mixed(200)));
  const others = (size: number) => [...mixed(size)].filter(({ kind }) => !kind.startsWith('Ti'));
  expect(others(500).slice(0, 91)).toEqual(others(100));
  expect(text(clusters(3))).toBe(text(clusters(3)));
});

test('many clusters: 10 groups each, and every group means the cluster in its own namespace', () => {
  const { items } = read(text(clusters(20)));
  expect(items).toHaveLength(20 * 11);
  expect(share(items, 'TidbCluster')).toBe(20);
  const found = new Set(
    items
      .filter(({ kind }) => kind === 'TidbCluster')
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
  );
  expect(found.size).toBe(20);
  for (const { kind, metadata, spec } of items) {
    if (kind === 'TidbCluster') continue;
    expect(found).toContain(`${spec?.cluster?.namespace ?? metadata.namespace}/${spec?.cluster?.name}`);
  }
});

describe('what only a whole parser can read means the same', () => {
  const block = read(text(mixed(60)));

  test('CRLF', () => {
    const source = text(mixed(60), 'crlf');
    expect(source.match(/(?<!\r)\n/)).toBeNull();
    expect(read(source)).toEqual(block);
  });

  test('JSON on one line', () => {
    const source = text(mixed(60), 'json');
    expect(source.indexOf('\n')).toBe(source.length - 1);
    expect(JSON.parse(source)).toEqual(block);
  });

  test('an anchor and an alias in one resource', () => {
    const source = text(mixed(60), 'anchor');
    expect(source.match(/&shared|\*shared/g)).toEqual(['&shared', '*shared']);
    const before = block.items.map((item) => JSON.stringify(item));
    const changed = read(source).items.filter((item, index) => JSON.stringify(item) !== before[index]);
    expect(changed).toHaveLength(1);
    expect(changed[0]?.data).toMatchObject({ enabled: 'on', fallback: 'on' });
  });
});

test('files have neither the marks of kpt nor a second document', () => {
  for (const resource of mixed(60)) {
    const source = asFile(resource);
    expect(source).not.toMatch(/config\.k(ubernetes|8s)\.io/);
    expect(parseAllDocuments(source, { version: '1.1' })).toHaveLength(1);
  }
});
