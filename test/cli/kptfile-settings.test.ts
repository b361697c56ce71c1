import { expect, test } from 'vitest';
import { CLUSTER, GENERATED, stream, TIDB_GROUP, TIKV_GROUP, tikvGroup } from '../support/basic.ts';
import { kptfile, rendered } from '../support/kpt.ts';
import { readYaml, titleOf } from '../support/read-yaml.ts';
import { type Files, Sandbox } from '../support/sandbox.ts';
import { describeWith, GIT, KPT } from '../support/tools.ts';

const MANIFESTS: Files = { 'db/cluster.yaml': CLUSTER, 'db/groups.yaml': stream(TIKV_GROUP, TIDB_GROUP) };
const EXPAND = 'apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: expand}\n';
const AS_CLUSTERS = `${EXPAND}spec: {output: TidbCluster}\n`;
const AS_MAP =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, annotations: {config.kubernetes.io/local-config: "true"}}\ndata: {output: TidbCluster}\n';
const TEXTS = '    configMap: {output: TidbCluster}\n';
const PATH = '    configPath: fn/expand.yaml\n';

const withFunction = (entry: string, rest = '') =>
  kptfile('db', rest).replace('exec: tidb-groups', () => entry);

const CLUSTERS = ['TidbCluster db/basic', 'TidbCluster db/hot', 'TidbCluster db/web'];
const WORKLOADS = ['TidbCluster db/basic', ...GENERATED];

const titles = (text: string) => readYaml(text).map(titleOf);

/** What `render db` makes of groups by what the Kptfile, and whatever else is there, say. */
const RENDERS: readonly (readonly [what: string, files: Files, titles: readonly string[]])[] = [
  ['without settings', { 'db/Kptfile': kptfile('db') }, WORKLOADS],
  ['with a configMap', { 'db/Kptfile': kptfile('db', TEXTS) }, CLUSTERS],
  ['with a configPath', { 'db/Kptfile': kptfile('db', PATH), 'db/fn/expand.yaml': AS_CLUSTERS }, CLUSTERS],
  [
    'with a configPath that begins with a dot',
    { 'db/Kptfile': kptfile('db', PATH.replace('fn', './fn')), 'db/fn/expand.yaml': AS_CLUSTERS },
    CLUSTERS,
  ],
  [
    'with a configPath to a ConfigMap',
    { 'db/Kptfile': kptfile('db', PATH), 'db/fn/expand.yaml': AS_MAP },
    CLUSTERS,
  ],
  [
    'with a configPath to a ConfigMap that takes a real reader of YAML',
    {
      'db/Kptfile': kptfile('db', PATH),
      'db/fn/expand.yaml': `# é\n${AS_MAP.replace('{output: TidbCluster}', '\n  output: &what\n    "TidbCluster"')}`,
    },
    CLUSTERS,
  ],
  ['with empty texts', { 'db/Kptfile': kptfile('db', '    configMap: {}\n') }, WORKLOADS],
  [
    'by its path, in quotes',
    { 'db/Kptfile': withFunction(`exec: '"/opt/bin/tidb-groups"'`, TEXTS) },
    CLUSTERS,
  ],
  [
    'as an image',
    { 'db/Kptfile': withFunction('image: example.com:5000/db/tidb-groups:v1@sha256:0a', TEXTS) },
    CLUSTERS,
  ],
  [
    'beside other functions',
    {
      'db/Kptfile': withFunction(
        'image: set-labels:v1\n    configMap: {app: db}\n  - exec: tidb-groups',
        TEXTS,
      ),
    },
    CLUSTERS,
  ],
  ['of another function', { 'db/Kptfile': withFunction('exec: my-tidb-groups', TEXTS) }, WORKLOADS],
  ['of another image', { 'db/Kptfile': withFunction('image: tidb-groups/other', TEXTS) }, WORKLOADS],
  [
    'of a command, which is no function',
    { 'db/Kptfile': withFunction('exec: tidb-groups validate', TEXTS) },
    WORKLOADS,
  ],
  [
    'of a validator, which renders nothing',
    { 'db/Kptfile': kptfile('db', TEXTS).replace('mutators', 'validators') },
    WORKLOADS,
  ],
  [
    'of a mutator that only validates',
    {
      'db/Kptfile': kptfile('db', PATH),
      'db/fn/expand.yaml': AS_CLUSTERS.replace('Expand', 'Validate'),
    },
    WORKLOADS,
  ],
  [
    'and another that says the same',
    { 'db/Kptfile': kptfile('db', TEXTS), 'db/sub/Kptfile': kptfile('sub', TEXTS) },
    CLUSTERS,
  ],
  [
    'and a package below without functions',
    {
      'db/Kptfile': kptfile('db', TEXTS),
      'db/sub/Kptfile': 'apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata: {name: sub}\n',
    },
    CLUSTERS,
  ],
  [
    'and an ExpandTidbGroups that says the same',
    { 'db/Kptfile': kptfile('db', TEXTS), 'db/expand.yaml': AS_CLUSTERS },
    CLUSTERS,
  ],
  [
    'that says nothing, and an ExpandTidbGroups that does',
    { 'db/Kptfile': kptfile('db'), 'db/expand.yaml': AS_CLUSTERS },
    CLUSTERS,
  ],
];

test.each(RENDERS)('a package whose Kptfile has the function %s', (_, files, expected) => {
  const { status, stdout, stderr } = new Sandbox({ ...MANIFESTS, ...files }).groups(['render', 'db']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(titles(stdout)).toEqual(expected);
});

const OTHER = kptfile('db', '    configMap: {tikvWave: "5"}\n');

test.each<[what: string, files: Files, names: string]>([
  [
    'two Kptfiles',
    { 'db/Kptfile': kptfile('db', TEXTS), 'db/sub/Kptfile': OTHER },
    '"db/Kptfile", "db/sub/Kptfile"',
  ],
  [
    'a Kptfile that says nothing, so kpt takes the defaults, and one that does',
    { 'db/Kptfile': kptfile('db'), 'db/sub/Kptfile': OTHER },
    '"db/Kptfile", "db/sub/Kptfile"',
  ],
  [
    'a Kptfile and an ExpandTidbGroups',
    { 'db/Kptfile': OTHER, 'db/expand.yaml': AS_CLUSTERS },
    '"db/expand.yaml", "db/Kptfile"',
  ],
])('%s that differ are for --config to settle', (_, files, names) => {
  const sandbox = new Sandbox({ ...MANIFESTS, ...files, 'mine.yaml': AS_CLUSTERS });
  const message = `error: the function configs among the resources contradict each other: ${names}; choose one with --config\n`;
  for (const command of ['render', 'list', 'graph']) {
    expect(sandbox.groups([command, 'db'])).toEqual({ status: 2, stdout: '', stderr: message });
    expect(sandbox.groups([command, '--config', 'mine.yaml', 'db'])).toMatchObject({ status: 0, stderr: '' });
  }
  expect(sandbox.groups(['diff', 'db', 'db'])).toEqual({ status: 2, stdout: '', stderr: message });
  expect(sandbox.groups(['validate', 'db'])).toMatchObject({ status: 0, stderr: '' });
  expect(titles(sandbox.groups(['render', '--config', 'mine.yaml', 'db']).stdout)).toEqual(CLUSTERS);
});

test.each<[what: string, files: Files, message: RegExp]>([
  [
    'a setting that there is not',
    { 'db/Kptfile': kptfile('db', '    configMap:\n      lenient: "true"\n') },
    /^db\/Kptfile:9:7: error: Kptfile db: `pipeline\.mutators\[0\]\.configMap\.lenient` is not a known field; .*\[field-unknown\]$/m,
  ],
  [
    'a value that a setting cannot have',
    { 'db/Kptfile': kptfile('db', '    configMap:\n      output: Deployments\n') },
    /^db\/Kptfile:9:15: error: Kptfile db: `pipeline\.mutators\[0\]\.configMap\.output` .*"Deployments".*\[field-enum\]$/m,
  ],
  [
    'a configPath that leads nowhere',
    { 'db/Kptfile': kptfile('db', PATH) },
    /^db\/Kptfile:8:17: error: Kptfile db: `pipeline\.mutators\[0\]\.configPath` must name a file of the package, but "fn\/expand\.yaml" was not read; .*\[config-not-found\]$/m,
  ],
  [
    'a configPath out of the package',
    { 'db/Kptfile': kptfile('db', '    configPath: ../expand.yaml\n'), 'expand.yaml': AS_CLUSTERS },
    /"\.\.\/expand\.yaml" was not read/,
  ],
  [
    'a configPath to two resources',
    {
      'db/Kptfile': kptfile('db', PATH),
      'db/fn/expand.yaml': stream(AS_MAP, AS_MAP.replace('name: c', 'name: d')),
    },
    /"fn\/expand\.yaml" has 2 resources; .*\[config-not-found\]$/m,
  ],
  [
    'a configPath to something else',
    { 'db/Kptfile': kptfile('db', '    configPath: groups.yaml\n'), 'db/groups.yaml': TIKV_GROUP },
    /^db\/groups\.yaml:2:7: error: TiKVGroup db\/hot: the function config must be of kind .*\[config-kind\]$/m,
  ],
])('%s is an error at its place', (_, files, message) => {
  const sandbox = new Sandbox({ ...MANIFESTS, ...files });
  for (const command of ['render', 'list']) {
    const { status, stdout, stderr } = sandbox.groups([command, 'db']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n').length).toBe(1);
  }
  expect(sandbox.groups(['validate', 'db']).status).toBe(1);
});

test('a wrong config that the Kptfile names is wrong once', () => {
  const files = { 'db/Kptfile': kptfile('db', PATH), 'db/fn/expand.yaml': `${EXPAND}spec: {output: Pods}\n` };
  const { stderr } = new Sandbox({ ...MANIFESTS, ...files }).groups(['render', 'db']);
  expect(stderr).toMatch(/^db\/fn\/expand\.yaml:4:16: error: .*\[field-enum\]\n$/);
});

test('what is wrong with a config is said before that it differs from another', () => {
  const wrong = kptfile('db', '    configMap:\n      lenient: "true"\n');
  const files = { 'db/Kptfile': wrong, 'db/expand.yaml': AS_CLUSTERS };
  const { status, stderr } = new Sandbox({ ...MANIFESTS, ...files }).groups(['render', 'db']);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^db\/Kptfile:9:7: error: .*\[field-unknown\]\n$/);
});

test('a Kptfile alone is nothing to render', () => {
  const { status, stdout, stderr } = new Sandbox({ 'db/Kptfile': kptfile('db') }).groups(['render', 'db']);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('[no-resources]');
});

test('`validate` takes the settings of a validator where no mutator has any', () => {
  /** A warning by default. */
  const warned = tikvGroup('hot', 'basic').replace('  cluster:\n    name: basic\n', '  clusterName: basic\n');
  const strict = '    configMap: {strict: "true"}\n';
  const statusWith = (file: string) =>
    new Sandbox({ 'db/cluster.yaml': CLUSTER, 'db/hot.yaml': warned, 'db/Kptfile': file }).groups([
      'validate',
      'db',
    ]).status;
  expect(statusWith(kptfile('db', strict))).toBe(1);
  expect(statusWith(kptfile('db', strict).replace('mutators', 'validators'))).toBe(1);
  expect(statusWith(kptfile('db').replace('mutators', 'validators'))).toBe(0);
  expect(statusWith(`${kptfile('db', TEXTS)}  validators:\n  - exec: tidb-groups\n${strict}`)).toBe(0);
});

test('a stream of a package counts as the package', () => {
  const filed = (text: string, path: string) =>
    text.replace('{name: expand}', `{name: expand, annotations: {config.kubernetes.io/path: ${path}}}`);
  const file = kptfile('db', PATH).replace(
    '  name: db\n',
    '  name: db\n  annotations: {config.kubernetes.io/path: Kptfile}\n',
  );
  const input = stream(file, filed(AS_CLUSTERS, 'fn/expand.yaml'), CLUSTER, TIKV_GROUP);
  const { status, stdout } = new Sandbox().groups(['render', '-'], { input });
  expect(status).toBe(0);
  expect(titles(stdout)).toEqual(CLUSTERS.slice(0, 2));
});

describeWith([GIT], 'a revision', (git) => {
  test('has the Kptfiles of its own', () => {
    const files = {
      Kptfile: kptfile('db', PATH),
      'fn/expand.yaml': AS_CLUSTERS,
      'cluster.yaml': CLUSTER,
      'hot.yaml': TIKV_GROUP,
    };
    const sandbox = new Sandbox(files);
    sandbox.run(git, ['init', '--quiet']);
    sandbox.run(git, ['add', '.']);
    sandbox.run(git, ['-c', 'user.name=me', '-c', 'user.email=me@example.com', 'commit', '-qm', 'x']);
    expect(sandbox.groups(['diff', 'git:HEAD', '.'])).toMatchObject({ status: 0, stderr: '' });
    sandbox.write({ Kptfile: kptfile('db') });
    sandbox.remove('fn/expand.yaml');
    expect(sandbox.groups(['diff', 'git:HEAD', '.']).stdout).toContain('DANGER output-switched');
  });
});

describeWith([KPT], 'what kpt makes of a package', (kpt) => {
  test.each([
    [
      'a configMap',
      { 'package/Kptfile': kptfile('db', '    configMap: {tikvWave: "5", dependsOn: "false"}\n') },
    ],
    [
      'a configPath',
      {
        'package/Kptfile': kptfile('db', PATH),
        'package/fn/expand.yaml': `${EXPAND}spec: {output: TidbCluster, canonicalConfig: true}\n`,
      },
    ],
  ])('is what `render` prints, with %s', (_, files) => {
    const sandbox = new Sandbox({
      'package/cluster.yaml': CLUSTER,
      'package/hot.yaml': TIKV_GROUP,
      ...files,
    });
    const before = readYaml(sandbox.groups(['render', 'package']).stdout);
    const after = readYaml(Object.values(rendered(sandbox, kpt)).join('---\n')).filter(
      (resource) => !/^(?:Kptfile|ExpandTidbGroups|TiKVGroup|TidbCluster db\/basic$)/.test(titleOf(resource)),
    );
    for (const resource of after) expect(before).toContainEqual(resource);
    expect(after.length + 1).toBe(before.length);
  });
});
