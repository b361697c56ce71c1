import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CLUSTER, configMap, stream, TIDB_GROUP, TIKV_GROUP } from '../support/basic.ts';
import { readYaml, titleOf } from '../support/read-yaml.ts';
import { Sandbox } from '../support/sandbox.ts';

const CONVERT = ['convert', '--to', 'v2'];
const TITLES = [
  'Cluster db/basic',
  'PDGroup db/basic',
  'TiKVGroup db/basic',
  'TiKVGroup db/hot',
  'TiDBGroup db/web',
];

test('one stream comes of standard input, files and directories', () => {
  const input = stream(CLUSTER, TIKV_GROUP, TIDB_GROUP);
  const sandbox = new Sandbox({
    'in/cluster.yaml': CLUSTER,
    'in/groups.yaml': stream(TIKV_GROUP, TIDB_GROUP),
  });
  const fromStdin = sandbox.groups([...CONVERT, '-'], { input });
  expect(fromStdin.status).toBe(0);
  expect(readYaml(fromStdin.stdout).map(titleOf)).toEqual(TITLES);
  expect(sandbox.groups([...CONVERT, 'in']).stdout).toBe(fromStdin.stdout);
  expect(sandbox.groups([...CONVERT, 'in/cluster.yaml', 'in/groups.yaml']).stdout).toBe(fromStdin.stdout);
  const live = `apiVersion: v1\nkind: List\nitems:\n${[CLUSTER, TIKV_GROUP, TIDB_GROUP]
    .map((text) => `- ${text.trimEnd().replaceAll('\n', '\n  ')}\n`)
    .join('')}`;
  expect(sandbox.groups([...CONVERT, '-'], { input: live }).stdout).toBe(fromStdin.stdout);
});

test('a directory gets a file for each resource, and nothing after an error', () => {
  const sandbox = new Sandbox({ 'in/all.yaml': stream(CLUSTER, configMap('other'), TIKV_GROUP) });
  expect(sandbox.groups([...CONVERT, 'in', '-o', 'out'])).toMatchObject({ status: 0, stdout: '' });
  expect(Object.keys(sandbox.files('out'))).toEqual(
    expect.arrayContaining(['db/cluster_basic.yaml', 'db/pdgroup_basic.yaml', 'db/tikvgroup_hot.yaml']),
  );
  const bad = { 'in/all.yaml': CLUSTER.replace('v8.5.7', 'nightly') };
  sandbox.write(bad);
  const { status, stdout, stderr } = sandbox.groups([...CONVERT, 'in', '-o', 'new']);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^in\/all\.yaml:7:12: error: .*`spec\.version` is "nightly".*\[convert-refused\]$/m);
  expect(sandbox.exists('new')).toBe(false);
});

test('what is left out is named at its line, and is an error where nothing may be', () => {
  const input = stream(
    CLUSTER,
    TIKV_GROUP.replace('replicas: 3', 'replicas: 3\n  scalePolicy: {scaleInParallelism: 2}'),
  );
  const { status, stderr } = new Sandbox().groups([...CONVERT, '-'], { input });
  expect(status).toBe(0);
  expect(stderr).toMatch(
    /^<stdin>:\d+:3: warning: TiKVGroup db\/hot: `spec\.scalePolicy` has no counterpart .*\[convert-lost\]$/m,
  );
  expect(new Sandbox().groups([...CONVERT, '--strict', '-'], { input })).toMatchObject({
    status: 1,
    stdout: '',
  });
  const sound = new Sandbox().groups([...CONVERT, '--strict', '-'], { input: CLUSTER });
  expect(sound).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/^.*info: .*\[convert-new-cluster\]\n$/),
  });
});

test.each([
  ['nothing to convert', [...CONVERT, '-'], configMap('other'), /must be a TidbCluster or a group/],
  ['no version', ['convert', '-'], CLUSTER, /required option '--to <version>'/],
  ['another version', ['convert', '--to', 'v3', '-'], CLUSTER, /Allowed choices are v2/],
])('%s is wrong usage', (_, args, input, says) => {
  const { status, stdout, stderr } = new Sandbox().groups(args, { input });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(says);
});

test('the page shows what comes of its example', () => {
  const page = readFileSync(new URL('../../docs/convert.md', import.meta.url), 'utf8');
  const [[, input = ''] = [], [, output = ''] = []] = page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm);
  const [, says = ''] = /^```text\n([\s\S]*?)^```$/m.exec(page) ?? [];
  const { status, stdout, stderr } = new Sandbox({ 'cluster.yaml': input }).groups([
    ...CONVERT,
    'cluster.yaml',
  ]);
  expect(status).toBe(0);
  expect(stdout).toContain(`---\n${output}`);
  expect(stderr).toBe(says);
});
