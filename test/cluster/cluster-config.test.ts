import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml, stringify } from 'yaml';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { CLUSTER, resourceList, TIKV_GROUP } from '../support/basic.ts';
import { at, find, readYaml } from '../support/read-yaml.ts';
import { Sandbox } from '../support/sandbox.ts';

interface Fact {
  readonly config: string;
  readonly canonical?: string;
}

const FACTS: { cases: Fact[] } = parseYaml(
  readFileSync(new URL('../../fixtures/conformance/config-canonical.yaml', import.meta.url), 'utf8'),
);

/** Where a TidbCluster has a component's config, and the spec around it. */
const PLACES = [
  { place: ['pd', 'config'], rest: { replicas: 3, requests: { storage: '1Gi' } } },
  { place: ['tikv', 'config'], rest: { replicas: 3, requests: { storage: '1Gi' } } },
  { place: ['ticdc', 'config'], rest: { replicas: 1 } },
  { place: ['tiproxy', 'config'], rest: { replicas: 1 } },
  { place: ['pump', 'config'], rest: { replicas: 1, requests: { storage: '1Gi' } } },
  { place: ['tiflash', 'config', 'config'], rest: tiflash() },
  { place: ['tiflash', 'config', 'proxy'], rest: tiflash() },
  { place: ['pdms', 0, 'config'], rest: { name: 'tso', replicas: 1, baseImage: 'pingcap/pd' } },
] as const;

function tiflash(): object {
  return { replicas: 1, storageClaims: [{ resources: { requests: { storage: '1Gi' } } }] };
}

function clusterWith(
  [component, ...path]: readonly (string | number)[],
  rest: object,
  config: unknown,
): string {
  const [key, inner] = path;
  const part =
    typeof key === 'number'
      ? [{ ...rest, config }]
      : { ...rest, config: inner === undefined ? config : { [inner]: config } };
  const spec = {
    version: 'v8.5.7',
    pd: { replicas: 3, requests: { storage: '1Gi' } },
    [String(component)]: part,
  };
  const head = { apiVersion: 'pingcap.com/v1alpha1', kind: 'TidbCluster' };
  return stringify({ ...head, metadata: { name: 'basic', namespace: 'db' }, spec }, { version: '1.1' });
}

async function render(item: string, config = ''): Promise<{ text: string; messages: readonly string[] }> {
  const setting =
    config === ''
      ? ''
      : `functionConfig:\n  apiVersion: groups.pingcap.com/v1alpha1\n  kind: ExpandTidbGroups\n  metadata: {name: c}\n  spec: ${config}\n`;
  const { output, messages } = await run(Buffer.from(resourceList(item) + setting));
  return { text: [...output].map((piece) => Buffer.from(piece).toString()).join(''), messages };
}

function clusterIn(text: string) {
  const [list = {}] = readYaml(text);
  return at(list, 'items', 0, 'spec');
}

describe.each(PLACES)('the config at spec.$place', ({ place, rest }) => {
  test.each(FACTS.cases.filter(({ canonical }) => canonical !== undefined))(
    'is written as the operator writes it: $config',
    async ({ config, canonical }) => {
      const { text, messages } = await render(clusterWith(place, rest, config));
      expect(
        messages.filter(
          (message) => message.includes('[config-') && !message.includes('[config-key-unknown]'),
        ),
      ).toEqual([]);
      expect(at(clusterIn(text), ...place)).toBe(canonical);
      const again = await render(clusterWith(place, rest, canonical));
      expect(again.text.startsWith(resourceList(clusterWith(place, rest, canonical)))).toBe(true);
    },
  );
});

/** How the map, or the text, is in the TidbCluster, and what stands there in its place. */
const IN_TEXT = [
  {
    name: 'a map, with comments around and in it, becomes a literal block',
    before: `  tikv: # stores
    # the config of all stores
    config: # mind the labels
      server: {labels: {zone: a}} # first
      log-level: info
    replicas: 3 # three
    requests: {storage: 1Gi}
`,
    after: `  tikv: # stores
    # the config of all stores
    config: | # mind the labels
      log-level = "info"

      [server]
        [server.labels]
          zone = "a"
    replicas: 3 # three
    requests: {storage: 1Gi}
`,
  },
  {
    name: 'text in another order becomes the text in the one order',
    before: `  tikv:
    replicas: 3
    requests: {storage: 1Gi}
    config: |
      [server]
      grpc-concurrency = 6
      [log]
      level = "info"
`,
    after: `  tikv:
    replicas: 3
    requests: {storage: 1Gi}
    config: |
      [log]
        level = "info"

      [server]
        grpc-concurrency = 6
`,
  },
  {
    name: 'an integer under a key that is a float becomes one, in a map',
    before:
      '  pd: {replicas: 3, requests: {storage: 1Gi}, config: {schedule: {high-space-ratio: 1, leader-schedule-limit: 4}}}\n',
    after:
      '  pd: {replicas: 3, requests: {storage: 1Gi}, config: "[schedule]\\n  high-space-ratio = 1.0\\n  leader-schedule-limit = 4\\n"}\n',
  },
  {
    name: 'dotted keys, which TOML 0.4 does not have, become tables',
    before: '  tiproxy:\n    replicas: 1\n    config: |\n      proxy.addr = "0.0.0.0:6000"\n',
    after: '  tiproxy:\n    replicas: 1\n    config: |\n      [proxy]\n        addr = "0.0.0.0:6000"\n',
  },
  {
    name: "TiDB's gets the default that the operator adds to it",
    before: '  tidb:\n    replicas: 2\n    config: {}\n',
    after:
      '  tidb:\n    replicas: 2\n    config: |\n      [log]\n        [log.file]\n          max-backups = 3\n',
  },
  {
    name: 'a config that is not there stays so: the operator adds none',
    before: '  tidb: {replicas: 2}\n  tikv: {replicas: 3, requests: {storage: 1Gi}, config: null}\n',
    after: '  tidb: {replicas: 2}\n  tikv: {replicas: 3, requests: {storage: 1Gi}, config: null}\n',
  },
];

const HEAD = `# a cluster
apiVersion: pingcap.com/v1alpha1
kind: TidbCluster
metadata: {name: 'basic', "namespace": db} # where
spec:
  version: "v8.5.7"
`;

describe('only the config changes in the text', () => {
  test.each(IN_TEXT)('$name', async ({ before, after }) => {
    const { text, messages } = await render(HEAD + before);
    expect(messages).toEqual([]);
    expect(text).toBe(resourceList(HEAD + after).replaceAll(/^ +$/gm, ''));
    expect((await render(HEAD + after)).text).toBe(resourceList(HEAD + after));
  });
});

describe('where it is on', () => {
  const map = `${HEAD}  tikv: {replicas: 3, requests: {storage: 1Gi}, config: {log-level: info}}\n`;
  const annotated = (annotations: string) => map.replace('db}', `db, annotations: {${annotations}}}`);
  const file = 'config.kubernetes.io/path: a.yaml, internal.config.kubernetes.io/path: a.yaml';
  const kustomize = 'kustomize.config.k8s.io/id: "kind: TidbCluster"';
  test.each([
    { name: 'in a stream', item: map, setting: '', on: true },
    { name: 'in a kpt package it is not', item: annotated(file), setting: '', on: false },
    { name: 'in a kustomize build', item: annotated(kustomize), setting: '', on: true },
    {
      name: 'in a kustomize build, behind another function',
      item: annotated(`${file}, ${kustomize}`),
      setting: '',
      on: true,
    },
    {
      name: 'in a kpt package that says so',
      item: annotated(file),
      setting: '{canonicalConfig: true}',
      on: true,
    },
    { name: 'it is not where a setting says so', item: map, setting: '{canonicalConfig: false}', on: false },
    { name: 'a null says nothing', item: map, setting: '{canonicalConfig: null}', on: true },
  ])('$name', async ({ item, setting, on }) => {
    const config = at(clusterIn((await render(item, setting)).text), 'tikv', 'config');
    expect(config).toEqual(on ? 'log-level = "info"\n' : { 'log-level': 'info' });
  });

  test('in `tidb-groups render`, also of files that an annotation says to be files', () => {
    const sandbox = new Sandbox({ 'a.yaml': annotated(file), 'off.yaml': OFF });
    const configOf = (...args: readonly string[]) =>
      at(find(readYaml(sandbox.groups(args).stdout), 'TidbCluster db/basic'), 'spec', 'tikv', 'config');
    expect(configOf('render', 'a.yaml')).toBe('log-level = "info"\n');
    expect(configOf('render', 'a.yaml', '--config', 'off.yaml')).toEqual({ 'log-level': 'info' });
    expect(configOf('render', 'a.yaml', 'off.yaml')).toEqual({ 'log-level': 'info' });
  });

  test('the same file comes out of `render` twice in the same bytes', () => {
    const sandbox = new Sandbox({ 'a.yaml': map });
    const once = sandbox.groups(['render', 'a.yaml']).stdout;
    expect(sandbox.groups(['render', '-'], { input: once }).stdout).toBe(once);
  });
});

const OFF =
  'apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: c}\nspec: {canonicalConfig: false}\n';

describe('keys that the operator drops from a map', () => {
  const stores = (config: string) =>
    `${HEAD}  tikv: {replicas: 3, requests: {storage: 1Gi}, config: ${config}}\n`;
  const dropped = (key: string) =>
    `warning: TidbCluster db/basic: \`spec.tikv.config.${key}\` has no effect: if a config is a map, TiDB Operator drops keys that are newer than it; remove it, or write the config as TOML text, where it takes effect and restarts the servers [config-key-dropped]`;

  test('are not in the text, and a warning names each', async () => {
    const { text, messages } = await render(
      stores('{storage: {engine: partitioned-raft-kv, reserve-space: 1GB}, quota: {a: 1}}'),
    );
    expect(at(clusterIn(text), 'tikv', 'config')).toBe('[storage]\n  reserve-space = "1GB"\n');
    expect(messages).toEqual([dropped('quota'), dropped('storage.engine')]);
  });

  test('have no effect where the map stays, either', async () => {
    const { text, messages } = await render(stores('{quota: {a: 1}}'), '{canonicalConfig: false}');
    expect(at(clusterIn(text), 'tikv', 'config', 'quota', 'a')).toBe(1n);
    expect(messages).toEqual([dropped('quota')]);
  });

  test('are not spoken of in text, where the operator keeps them', async () => {
    expect((await render(stores('"[quota]\\na = 1\\n"'))).messages).toEqual([]);
  });
});

describe('text that only TOML 1.0 has', () => {
  const text = `${HEAD}  tikv: {replicas: 3, requests: {storage: 1Gi}, config: 'log.level = "info"'}\n`;

  test('comes out as the operator can read it', async () => {
    const { text: out, messages } = await render(text);
    expect(messages).toEqual([]);
    expect(at(clusterIn(out), 'tikv', 'config')).toBe('[log]\n  level = "info"\n');
  });

  test('is an error where it would be handed on', async () => {
    const kpt = text.replace(
      '"namespace": db}',
      '"namespace": db, annotations: {config.kubernetes.io/path: a.yaml}}',
    );
    for (const { messages } of [await render(text, '{canonicalConfig: false}'), await render(kpt)]) {
      expect(messages).toEqual([
        expect.stringMatching(
          /error: .*, "log.level = "info"", has a dotted key; .* \[config-toml-version\]$/,
        ),
      ]);
    }
  });
});

test.each(['{a: .inf}', '{a: .nan}', '"a = inf"', '"a = nan"'])(
  'a number that the operator cannot read is one error, and nothing comes out: %s',
  async (config) => {
    const item = `${HEAD}  tikv: {replicas: 3, requests: {storage: 1Gi}, config: ${config}}\n`;
    const { text, messages } = await render(item);
    expect(messages).toEqual([
      expect.stringMatching(/^error: .*`[a-z.]*\ba` must be a finite number.* \[config-value\]$/),
    ]);
    expect(text.startsWith(resourceList(item))).toBe(true);
  },
);

test('a log that is no table, into which a default of TiDB would go, is an error', async () => {
  const { messages } = await render(`${HEAD}  tidb: {replicas: 2, config: {log: x}}\n`);
  expect(messages).toEqual([
    expect.stringMatching(/^error: .*`spec\.tidb\.config\.log` must be a map.* \[config-type\]$/),
  ]);
});

test('`diff` takes a map and its text for the same', () => {
  const text = `${HEAD}  tikv:\n    replicas: 3\n    requests: {storage: 1Gi}\n    config: |\n      log-level = "info"\n`;
  const map = `${HEAD}  tikv: {replicas: 3, requests: {storage: 1Gi}, config: {log-level: info}}\n`;
  const sandbox = new Sandbox({ 'a.yaml': map, 'b.yaml': text, 'c/a.yaml': map, 'c/off.yaml': OFF });
  for (const [old, now] of [
    ['a.yaml', 'b.yaml'],
    ['b.yaml', 'a.yaml'],
    ['c', 'b.yaml'],
  ] as const) {
    expect(sandbox.groups(['diff', old, now]).status).toBe(0);
  }
  const other = new Sandbox({ 'a.yaml': map, 'b.yaml': text.replace('info', 'warn') });
  expect(other.groups(['diff', 'a.yaml', 'b.yaml']).status).not.toBe(0);
});

test('`diff` finds no change in a key without effect', () => {
  const map = (config: string) =>
    `${HEAD}  pd: {replicas: 3, requests: {storage: 1Gi}, config: {lease: 3${config}}}\n  tikv: {replicas: 3, requests: {storage: 1Gi}, config: {log-level: info${config}}}\n`;
  const sandbox = new Sandbox({
    'a.yaml': map(''),
    'b.yaml': map(', newer: {a: 1}'),
    'c.yaml': map(', log-file: x'),
  });
  expect(sandbox.groups(['diff', 'a.yaml', 'b.yaml']).status).toBe(0);
  expect(sandbox.groups(['diff', 'a.yaml', 'c.yaml']).status).not.toBe(0);
});

test("a cluster's config changes beside what a group changes in it", async () => {
  const sandbox = new Sandbox({
    'a.yaml': `${CLUSTER.replace('config: ""', 'config: {log-level: info}')}---\n${TIKV_GROUP}`,
  });
  const cluster = find(readYaml(sandbox.groups(['render', 'a.yaml']).stdout), 'TidbCluster db/basic');
  expect(at(cluster, 'metadata', 'annotations', 'groups.pingcap.com/tikv')).toBe('hot');
  expect(at(cluster, 'spec', 'pd', 'config')).toBe('log-level = "info"\n');
});
