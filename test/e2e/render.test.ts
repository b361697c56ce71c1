import { describe, expect, test } from 'vitest';
import {
  CLUSTER,
  configMap,
  GENERATED,
  OF_HOT,
  resourceList,
  stream,
  TIDB_GROUP,
  TIKV_GROUP,
  tikvGroup,
} from '../support/basic.ts';
import { HANDED_OVER, KEPT_LINES } from '../support/engines.ts';
import { withoutTally } from '../support/frame.ts';
import { kptfile, rendered } from '../support/kpt.ts';
import { EXPAND } from '../support/kustomize.ts';
import { readYaml, titleOf } from '../support/read-yaml.ts';
import { type Files, Sandbox } from '../support/sandbox.ts';
import { describeWith, KPT } from '../support/tools.ts';

const REPOSITORY: Files = {
  'db/Kptfile': kptfile('db'),
  'db/kustomization.yaml': 'resources: [cluster.yaml, groups.yaml]\ntransformers: [expand.yaml]\n',
  'db/expand.yaml': EXPAND,
  'db/cluster.yaml': `# The cluster.\n${CLUSTER}`,
  'db/groups.yaml': stream(TIKV_GROUP, TIDB_GROUP),
  'db/settings.yaml': configMap('settings'),
  'db/local.yaml': configMap('local').replace(
    '\ndata:',
    '\n  annotations:\n    config.kubernetes.io/local-config: "true"\ndata:',
  ),
  'db/README.md': 'no manifest\n',
};

const RENDERED = ['TidbCluster db/basic', ...GENERATED, 'ConfigMap db/settings'];

const titles = (text: string) => readYaml(text).map(titleOf);

test('a directory comes out as plain manifests: no groups, no function config, no Kptfile, no local config', () => {
  const { status, stdout, stderr } = new Sandbox(REPOSITORY).groups(['render', 'db']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(titles(stdout)).toEqual(RENDERED);
  expect(stdout).not.toMatch(HANDED_OVER);
});

test('what is not touched keeps its bytes, comments included', () => {
  const { stdout } = new Sandbox(REPOSITORY).groups(['render', 'db']);
  expect(stdout).toContain(configMap('settings'));
  const annotations = `  annotations:\n    groups.pingcap.com/tikv: hot\n    groups.pingcap.com/tidb: web\n${KEPT_LINES}`;
  expect(withoutTally(stdout)).toContain(
    `# The cluster.\n${CLUSTER.replace('spec:\n', `${annotations}spec:\n`)}`,
  );
});

test('files, directories and a stream can be mixed, in the order of the arguments', () => {
  const sandbox = new Sandbox(REPOSITORY);
  const { stdout } = sandbox.groups(['render', 'db/settings.yaml', '-'], {
    input: stream(CLUSTER, TIKV_GROUP),
  });
  expect(titles(stdout)).toEqual(['ConfigMap db/settings', 'TidbCluster db/basic', ...OF_HOT]);
});

test('a ResourceList on standard input comes out as plain manifests', () => {
  const input = resourceList(CLUSTER, TIKV_GROUP, configMap('settings'));
  const { status, stdout } = new Sandbox().groups(['render', '-'], { input });
  expect(status).toBe(0);
  expect(titles(stdout)).toEqual(['TidbCluster db/basic', ...OF_HOT, 'ConfigMap db/settings']);
});

test('with -o, each resource goes to a file of its own, and again to the same', () => {
  const sandbox = new Sandbox(REPOSITORY);
  expect(sandbox.groups(['render', '-o', 'out', 'db'])).toEqual({ status: 0, stdout: '', stderr: '' });
  const files = sandbox.files('out');
  const names = RENDERED.map((title) =>
    title.replace(/^(\w+) db\/(.*)$/, (_, kind, name) => `db/${kind.toLowerCase()}_${name}.yaml`),
  );
  expect(Object.keys(files)).toEqual(['.tidb-groups', ...names.sort()]);
  expect(sandbox.groups(['render', '-o', 'out', 'db']).status).toBe(0);
  expect(sandbox.files('out')).toEqual(files);
});

describe('with -o, where files of an earlier render would stay', () => {
  // Without a Service, so that nobody is asked whether clients may lose it.
  const WEB = TIDB_GROUP.replace('  service:\n    type: ClusterIP\n', '');
  const OF_WEB = [
    'configmap_web-tidb',
    'poddisruptionbudget_web-tidb',
    'service_web-tidb-peer',
    'statefulset_web-tidb',
  ];
  const AGAIN = ['render', '-o', 'out', 'db'];
  function renderedBefore(more: Files = {}): Sandbox {
    const sandbox = new Sandbox({ ...REPOSITORY, 'db/groups.yaml': stream(TIKV_GROUP, WEB) });
    expect(sandbox.groups(AGAIN).status).toBe(0);
    sandbox.write({ 'db/groups.yaml': TIKV_GROUP, ...more });
    return sandbox;
  }

  test('they are named, all of them, with the way to remove them, and nothing is written', () => {
    const sandbox = renderedBefore();
    const before = sandbox.files('out');
    const { status, stderr } = sandbox.groups(AGAIN);
    expect(status).toBe(2);
    for (const name of OF_WEB) expect(stderr).toContain(`"out/db/${name}.yaml"`);
    expect(stderr).toContain('run the same command with `--prune`');
    expect(sandbox.files('out')).toEqual(before);
  });

  test('of very many it is said how many they are', () => {
    const sandbox = new Sandbox({
      'db/cluster.yaml': CLUSTER,
      'db/settings.yaml': stream(...Array.from({ length: 30 }, (_, index) => configMap(`c${index}`))),
    });
    expect(sandbox.groups(AGAIN).status).toBe(0);
    sandbox.write({ 'db/settings.yaml': configMap('c0') });
    expect(sandbox.groups(AGAIN).stderr).toMatch(/`--prune`.*: ("[^"]*", ){19}"[^"]*" and 9 more\n$/);
  });

  test.each<[name: string, more: Files]>([
    ['a directory of its own', {}],
    ['one with other files', { 'out/README.md': 'mine\n', 'out/.notes/a.yaml': 'a: b\n' }],
  ])('--prune removes them, and nothing else, from %s', (_, more) => {
    const sandbox = renderedBefore(more);
    expect(sandbox.groups([...AGAIN, '--prune'])).toEqual({ status: 0, stdout: '', stderr: '' });
    const mine = Object.entries(more).map(([path, text]) => [path.replace('out/', ''), text]);
    expect(sandbox.groups(['render', '-o', 'fresh', 'db']).status).toBe(0);
    expect(sandbox.files('out')).toEqual({ ...Object.fromEntries(mine), ...sandbox.files('fresh') });
    expect(sandbox.groups([...AGAIN, '--check']).status).toBe(0);
  });

  test('--prune leaves no directory empty', () => {
    const sandbox = renderedBefore({
      'out/README.md': 'mine\n',
      'db/settings.yaml': configMap('settings', undefined, 'other'),
    });
    expect(sandbox.groups([...AGAIN, '--prune']).status).toBe(0);
    expect(sandbox.exists('out/other')).toBe(true);
    sandbox.write({ 'db/settings.yaml': configMap('settings') });
    expect(sandbox.groups([...AGAIN, '--prune']).status).toBe(0);
    expect(sandbox.exists('out/other')).toBe(false);
  });

  test.each([[[]], [['--prune']]])('a manifest that no render wrote is in the way, with %j', (options) => {
    const sandbox = renderedBefore({ 'out/db/mine.yaml': configMap('mine') });
    const before = sandbox.files('out');
    const { status, stderr } = sandbox.groups([...AGAIN, ...options]);
    expect([status, sandbox.files('out')]).toEqual([2, before]);
    expect(stderr).toContain('move these to another directory: "out/db/mine.yaml"');
  });

  test('--prune does not take the state before from the guard', () => {
    const sandbox = renderedBefore({ 'db/groups.yaml': WEB });
    const before = sandbox.files('out');
    const { status, stderr } = sandbox.groups([...AGAIN, '--prune']);
    expect([status, sandbox.files('out')]).toEqual([1, before]);
    expect(stderr).toContain('(`store-removal`)');
  });

  test('--prune needs -o', () => {
    expect(renderedBefore().groups(['render', '--prune', 'db'])).toMatchObject({ status: 2, stdout: '' });
  });
});

test('an error anywhere makes the render fail, and names file, line and column', () => {
  const sandbox = new Sandbox({
    ...REPOSITORY,
    'db/groups.yaml': stream(TIKV_GROUP, tikvGroup('cold', 'nobody')),
    'db/broken.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a\n',
  });
  for (const args of [
    ['render', 'db'],
    ['render', '-o', 'out', 'db'],
  ]) {
    const { status, stdout, stderr } = sandbox.groups(args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^db\/broken\.yaml:\d+:\d+: error: .*\[broken-yaml\]$/m);
    expect(stderr).toMatch(
      /^db\/groups\.yaml:20:11: error: TiKVGroup db\/cold: .*"nobody".*\[cluster-not-found\]$/m,
    );
  }
  expect(sandbox.exists('out')).toBe(false);
});

test.each([
  ['a path that is not there', ['render', 'nowhere']],
  ['an option that is not there', ['render', '--nothing']],
  ['a command that is not there', ['rendr']],
])('%s is misuse: exit status 2, and nothing on standard output', (_, args) => {
  const { status, stdout, stderr } = new Sandbox().groups(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(args.at(-1));
});

// Argo CD reads an empty output as "there are no resources", and prunes all of them.
test.each([
  ['an empty stream', ['render', '-'], {}, 1],
  ['a file of comments', ['render', 'a.yaml'], { 'a.yaml': '# nothing\n' }, 1],
  ['a kustomization alone', ['render', '.'], { 'kustomization.yaml': 'resources: []\n' }, 1],
  ['an empty directory', ['render', 'empty'], { 'empty/README.md': 'nothing\n' }, 2],
])('%s is an error, as an empty output would delete everything', (_, args, files, expected) => {
  const { status, stdout, stderr } = new Sandbox(files).groups(args);
  expect({ status, stdout }).toEqual({ status: expected, stdout: '' });
  expect(stderr).toMatch(/^.*error: .*\n$/);
});

describeWith([KPT], 'a package rendered before', (kpt) => {
  test('comes out as if it had not been rendered', () => {
    const package_ = {
      'package/Kptfile': kptfile('db'),
      'package/cluster.yaml': CLUSTER,
      'package/groups.yaml': stream(TIKV_GROUP, TIDB_GROUP),
    };
    const sandbox = new Sandbox(package_);
    const plain = readYaml(sandbox.groups(['render', 'package']).stdout);
    rendered(sandbox, kpt);
    const again = readYaml(sandbox.groups(['render', 'package']).stdout);
    expect(new Map(again.map((resource) => [titleOf(resource), resource]))).toEqual(
      new Map(plain.map((resource) => [titleOf(resource), resource])),
    );
  });
});
