import { expect, test } from 'vitest';
import { CLUSTER, GENERATED, stream, TIDB_GROUP, TIKV_GROUP } from '../support/basic.ts';
import { HANDED_OVER } from '../support/engines.ts';
import { built, transformer } from '../support/kustomize.ts';
import { at, find, readYaml, titleOf } from '../support/read-yaml.ts';
import { inTurn } from '../support/runs.ts';
import { type Files, Sandbox } from '../support/sandbox.ts';
import { describeWith, KUSTOMIZE_4, KUSTOMIZE_5 } from '../support/tools.ts';

const FILES: Files = { 'db/cluster.yaml': CLUSTER, 'db/groups.yaml': stream(TIKV_GROUP, TIDB_GROUP) };
const CONFIG = 'apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: expand}\n';
const AS_CLUSTERS = `${CONFIG}spec: {output: TidbCluster}\n`;
const AS_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {output: TidbCluster}\n';

const CLUSTERS = ['TidbCluster db/basic', 'TidbCluster db/hot', 'TidbCluster db/web'];
const WORKLOADS = ['TidbCluster db/basic', ...GENERATED];

const titles = (text: string) => readYaml(text).map(titleOf);

test.each<[string, string[], Files, string[]]>([
  ['what runs by itself', ['db'], {}, WORKLOADS],
  ['what an option says', ['--output-kind', 'TidbCluster', 'db'], {}, CLUSTERS],
  ['what a config file says', ['--config', 'expand.yaml', 'db'], { 'expand.yaml': AS_CLUSTERS }, CLUSTERS],
  ['what a ConfigMap in a file says', ['--config', 'expand.yaml', 'db'], { 'expand.yaml': AS_MAP }, CLUSTERS],
  ['what the config among the resources says', ['db'], { 'db/expand.yaml': AS_CLUSTERS }, CLUSTERS],
  [
    'the same where configs agree',
    ['db'],
    { 'db/a.yaml': AS_CLUSTERS, 'db/b.yaml': AS_CLUSTERS.replace('name: expand', 'name: b') },
    CLUSTERS,
  ],
  [
    'what the option says, over a config',
    ['--output-kind', 'Workloads', 'db'],
    { 'db/expand.yaml': AS_CLUSTERS },
    WORKLOADS,
  ],
  [
    'what the file says, over the config among the resources',
    ['--config', 'expand.yaml', 'db'],
    { 'expand.yaml': CONFIG, 'db/expand.yaml': AS_CLUSTERS },
    WORKLOADS,
  ],
])('a render makes of groups %s', (_, args, files, expected) => {
  const { status, stdout, stderr } = new Sandbox({ ...FILES, ...files }).groups(['render', ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(titles(stdout)).toEqual(expected);
});

test.each<[string, string[], Files, string]>([
  [
    'configs that do not agree',
    ['db'],
    { 'db/a.yaml': AS_CLUSTERS, 'db/b.yaml': CONFIG.replace('name: expand', 'name: b') },
    'error: the function configs among the resources contradict each other: "db/a.yaml", "db/b.yaml"; choose one with --config\n',
  ],
  [
    'a config file that is not there',
    ['--config', 'nowhere.yaml', 'db'],
    {},
    'error: "nowhere.yaml" must be readable, but it does not exist; check the path\n',
  ],
  [
    'a file of two configs',
    ['--config', 'two.yaml', 'db'],
    { 'two.yaml': stream(CONFIG, CONFIG) },
    'error: "two.yaml" must contain one function config, but has 2 resources; name another file\n',
  ],
])('%s: called wrongly', (_, args, files, message) => {
  const { status, stdout, stderr } = new Sandbox({ ...FILES, ...files }).groups(['render', ...args]);
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: message });
});

test('a config file that is wrong is an error, with its place', () => {
  const sandbox = new Sandbox({ ...FILES, 'expand.yaml': `${CONFIG}spec: {output: Deployments}\n` });
  const { status, stdout, stderr } = sandbox.groups(['render', '--config', 'expand.yaml', 'db']);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(
    /^expand\.yaml:4:16: error: ExpandTidbGroups expand: `spec\.output` .*"Deployments".*\[field-enum\]\n$/,
  );
});

test('rendered TidbClusters count as rendered groups, and are read again as no clusters of users', () => {
  const sandbox = new Sandbox({ ...FILES, 'db/expand.yaml': AS_CLUSTERS });
  const { stdout } = sandbox.groups(['render', 'db']);
  sandbox.write({
    'all/rendered.yaml': stdout,
    'all/groups.yaml': FILES['db/groups.yaml'] ?? '',
    'all/expand.yaml': AS_CLUSTERS,
  });
  expect(sandbox.groups(['validate', '--rendered', 'all'])).toMatchObject({ status: 0, stderr: '' });
  expect(sandbox.groups(['render', 'all']).stdout).toBe(stdout);
});

for (const tool of inTurn([KUSTOMIZE_5, KUSTOMIZE_4], 0)) {
  describeWith([tool], 'a build', (kustomize) => {
    test('with a prefix and another namespace names the renamed cluster, also in the monitor', () => {
      const monitor =
        'apiVersion: pingcap.com/v1alpha1\nkind: TidbMonitor\nmetadata: {name: watch, namespace: db}\nspec: {clusters: [{name: basic}]}\n';
      const sandbox = new Sandbox({
        'base/kustomization.yaml': 'resources: [all.yaml]\n',
        'base/all.yaml': stream(CLUSTER, TIKV_GROUP, monitor),
        'top/kustomization.yaml':
          'resources: [../base]\nnamePrefix: prod-\nnamespace: live\ntransformers: [expand.yaml]\n',
        'top/expand.yaml': transformer('spec: {output: TidbCluster}\n'),
      });
      const resources = built(sandbox, kustomize, 'top');
      const made = find(resources, 'TidbCluster live/prod-hot');
      expect(at(made, 'spec', 'cluster')).toEqual({ name: 'prod-basic', namespace: 'live' });
      expect(JSON.stringify(made.metadata)).not.toMatch(HANDED_OVER);
      expect(at(find(resources, 'TidbMonitor live/prod-watch'), 'spec', 'clusters')).toEqual([
        { name: 'basic' },
        { name: 'prod-hot' },
      ]);
    });
  });
}
