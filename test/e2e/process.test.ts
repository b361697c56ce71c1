import { expect, test } from 'vitest';
import {
  CLUSTER,
  configMap,
  GENERATED,
  OF_HOT,
  resourceList,
  TIDB_GROUP,
  TIKV_GROUP,
  tikvGroup,
} from '../support/basic.ts';
import { at, readYaml, titleOf } from '../support/read-yaml.ts';
import { Sandbox } from '../support/sandbox.ts';

const SMALL = resourceList(CLUSTER, TIKV_GROUP, TIDB_GROUP);
const LARGE = resourceList(
  CLUSTER,
  ...Array.from({ length: 5000 }, (_, index) => configMap(`settings-${index}`)),
  TIKV_GROUP,
);

/** A list with other items than resources. */
const list = (items: string) => `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n${items}`;

/** Runs a line of shell, where `in` is a file of the sandbox. */
function shell(line: string, input: string) {
  const sandbox = new Sandbox({ in: input });
  return { sandbox, ...sandbox.run('bash', ['--norc', '-c', line]) };
}

test('a pipe that is read slowly gets all of the output', () => {
  const { sandbox, status } = shell('tidb-groups <in >out; tidb-groups <in | (sleep 0.5; cat) >slow', LARGE);
  expect(status).toBe(0);
  const out = sandbox.read('out');
  expect(out.length).toBeGreaterThan(1 << 19);
  expect(sandbox.read('slow')).toBe(out);
  expect(items(out)).toHaveLength(5002 + OF_HOT.length);
});

test('input that comes slowly and in pieces is read to its end', () => {
  const { stdout } = shell(
    '(head -c 100; sleep 0.3; head -c 70000; sleep 0.3; cat) <in | tidb-groups',
    LARGE,
  );
  expect(items(stdout)).toHaveLength(5002 + OF_HOT.length);
});

const STOPPED = 'error: output must be writable, but whoever read it has stopped; read it to its end\n';

test('a reader that closes the pipe ends it, with a message', () => {
  const { stdout, stderr } = shell('tidb-groups <in | head -c 1 >head; echo "${PIPESTATUS[0]}"', LARGE);
  expect({ stdout, stderr }).toEqual({ stdout: '1\n', stderr: STOPPED });
});

test.each([
  ['crds'],
  ['policy'],
  ['schema TiKVGroup'],
  ['schema'],
  ['explain'],
  ['explain cluster-not-found'],
  ['render in'],
  ['validate in'],
  ['list in'],
  ['graph in'],
  ['--help'],
  ['render --help'],
  ['--version'],
])('%s says so where nobody reads its output', (command) => {
  const { stdout, stderr } = shell(
    `{ sleep 0.2; tidb-groups ${command}; } | true; echo "\${PIPESTATUS[0]}"`,
    LARGE,
  );
  expect({ stdout, stderr }).toEqual({ stdout: '1\n', stderr: STOPPED });
});

test('output that cannot be written is an error', () => {
  const { status, stderr } = shell('tidb-groups <in >/dev/full', LARGE);
  expect(status).toBe(1);
  expect(stderr).toContain('the disk is full');
});

test.each([
  ['nothing', '', 'standard input must be a ResourceList, but is empty'],
  ['blank lines', '\n\n  \n', 'is empty'],
  ['a resource', CLUSTER, 'ResourceList'],
  ['a text', 'Error: cannot read\n', 'ResourceList'],
  ['broken YAML', `${SMALL}  broken: "never closed\n`, 'broken-yaml'],
  [
    'a list that is cut within a quote',
    SMALL.replace('config: ""', 'config: "').slice(0, 400),
    'broken-yaml',
  ],
])('%s on standard input is an error, and nothing comes out', (_, input, says) => {
  const { status, stdout, stderr } = new Sandbox().groups([], { input });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain(says);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test.each([
  ['items that are no list', list('items: {a: b}\n'), '`items`'],
  ['items that are a text', list('items: text\n'), '`items`'],
  ['an item that is no resource', list('items:\n- text\n'), 'not-a-resource'],
  [
    'an item that is empty',
    list('items:\n-\n- {apiVersion: v1, kind: A, metadata: {name: a}}\n'),
    'not-a-resource',
  ],
])('%s is an error, and is not lost', (_, input, says) => {
  const { status, stdout, stderr } = new Sandbox().groups([], { input });
  expect(status).toBe(1);
  expect(stderr).toContain(says);
  expect(stdout === '' || stdout.startsWith(input)).toBe(true);
});

test('broken YAML is told with its line and column', () => {
  const input = resourceList(CLUSTER, configMap('a', '  key: "value" more\n'));
  const { stderr } = new Sandbox().groups([], { input });
  const line = input.split('\n').findIndex((text) => text.includes('more')) + 1;
  expect(stderr).toMatch(new RegExp(`\\b${line}:\\d+\\b.*\\[broken-yaml\\]`));
});

test('on an error the items come back as they were, with results', () => {
  const input = resourceList(CLUSTER, configMap('a'), tikvGroup('hot', 'nobody'));
  const { status, stdout, stderr } = new Sandbox().groups([], { input });
  expect(status).toBe(1);
  expect(stdout.startsWith(input)).toBe(true);
  expect(readYaml(stdout)[0]).toMatchObject({ results: [{ severity: 'error' }] });
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('its own output, read again, gives the same bytes', () => {
  const { stdout: first } = new Sandbox().groups([], { input: SMALL });
  expect(items(first).map(titleOf)).toEqual([
    'TidbCluster db/basic',
    'TiKVGroup db/hot',
    ...OF_HOT,
    'TiDBGroup db/web',
    ...GENERATED.slice(OF_HOT.length),
  ]);
  expect(new Sandbox().groups([], { input: first })).toEqual({ status: 0, stdout: first, stderr: '' });
});

test('anchors of the input do not reach the resources of a group', () => {
  const shared = tikvGroup(
    'hot',
    'basic',
    '  nodeSelector: &zone {zone: a}\n  labels: *zone\n  annotations:\n    <<: *zone\n    more: "true"\n',
  );
  const { status, stdout, stderr } = new Sandbox().groups([], { input: resourceList(CLUSTER, shared) });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const set = items(stdout).find(({ kind }) => kind === 'StatefulSet');
  const pod = at(set, 'spec', 'template');
  expect(at(pod, 'spec', 'nodeSelector')).toEqual({ zone: 'a' });
  expect(at(pod, 'metadata', 'labels', 'zone')).toBe('a');
  expect(at(pod, 'metadata', 'annotations')).toMatchObject({ zone: 'a', more: 'true' });
  const made = stdout.slice(stdout.indexOf('kind: StatefulSet'));
  expect(made).not.toMatch(/[&*]zone/);
});

test('an input in JSON comes out as a list that the tools read', () => {
  const [list] = readYaml(SMALL);
  const input = JSON.stringify(list, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
  const { status, stdout } = new Sandbox().groups([], { input });
  expect(status).toBe(0);
  expect(items(stdout)).toHaveLength(3 + GENERATED.length);
});

function items(list: string) {
  const [{ items: all } = {}] = readYaml(list);
  if (!Array.isArray(all)) throw new Error('no list');
  return all.map((item) => readItem(item));
}

function readItem(item: unknown) {
  const [read] = readYaml(
    JSON.stringify(item, (_, value) => (typeof value === 'bigint' ? Number(value) : value)),
  );
  if (read === undefined) throw new Error('no item');
  return read;
}

test.each([
  ['without WebAssembly', 'node --jitless "$(command -v tidb-groups)" <in 2>/dev/null'],
  ['with little address space', '(ulimit -v 2000000 2>/dev/null; tidb-groups <in)'],
])('%s the same comes out', (_, line) => {
  const { sandbox, stdout, status } = shell(`tidb-groups <in >out && ${line}`, SMALL);
  expect(status).toBe(0);
  expect(stdout).toBe(sandbox.read('out'));
});
