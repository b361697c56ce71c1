import { describe, expect, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { validate } from '../../src/library/index.ts';
import { CLUSTER, configMap, resourceList, TIKV_GROUP, tikvGroup } from '../support/basic.ts';
import { Sandbox } from '../support/sandbox.ts';

const DEPLOYMENT = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app\n  namespace: db\n';
const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: app\n  namespace: db\n';

/** What is written twice, in resources of any kind, whichever of the two comes first. */
const TWICE: readonly { readonly text: string; readonly says: string }[] = [
  {
    text: TIKV_GROUP.replace('kind: TiKVGroup', 'kind: ConfigMap\nkind: TiKVGroup'),
    says: 'TiKVGroup db/hot: `kind`',
  },
  {
    text: TIKV_GROUP.replace('kind: TiKVGroup', 'kind: TiKVGroup\nkind: ConfigMap'),
    says: 'ConfigMap db/hot: `kind`',
  },
  {
    text: TIKV_GROUP.replace('kind: TiKVGroup', 'kind: TiKVGroup\nkind: TiKVGroup'),
    says: 'TiKVGroup db/hot: `kind`',
  },
  { text: POD.replace('kind: Pod', 'kind: Pod\nkind: Job'), says: 'Job db/app: `kind`' },
  { text: POD.replace('kind: Pod', 'kind: Pod\n"kind": Pod'), says: 'Pod db/app: `kind`' },
  { text: `${POD}kind: TiDBGroup\n`, says: 'TiDBGroup db/app: `kind`' },
  { text: `${POD}apiVersion: v2\n`, says: 'Pod db/app: `apiVersion`' },
  { text: `${POD}metadata: {name: other}\n`, says: 'Pod other: `metadata`' },
  { text: POD.replace('name: app', 'name: app\n  name: app2'), says: 'Pod db/app2: `metadata.name`' },
  {
    text: configMap('a').replace('namespace: db', 'namespace: db\n  namespace: x'),
    says: 'ConfigMap x/a: `metadata.namespace`',
  },
];

describe.each(TWICE)('$says is reported', ({ text, says }) => {
  const message = `warning: ${says} is written twice, and the last one counts; remove the other one [duplicate-key]`;

  test('by the function', async () => {
    const { messages } = await run(Buffer.from(resourceList(CLUSTER, text, POD)));
    expect(messages.filter((line) => line.includes('duplicate-key'))).toEqual([message]);
  });

  test('by `tidb-groups validate`, with its line', () => {
    const sandbox = new Sandbox({ 'all.yaml': `${CLUSTER}---\n${text}` });
    const { stdout } = sandbox.groups(['validate', 'all.yaml']);
    expect(stdout).toMatch(/^all\.yaml:\d+:\d+: /m);
    expect(stdout).toContain(message);
  });
});

/** Keys inside resources that no render looks into, each written twice. */
const INSIDE: readonly { readonly what: string; readonly text: string; readonly at: readonly string[] }[] = [
  {
    what: 'replicas of a Deployment',
    text: `${DEPLOYMENT}spec:\n  replicas: 1\n  replicas: 3\n`,
    at: ['all.yaml:8:3: warning: Deployment db/app: `spec.replicas`'],
  },
  {
    what: 'replicas of a Deployment, with a comment and a key between',
    text: `${DEPLOYMENT}spec:\n  replicas: 3 # one\n  paused: true\n  "replicas": 3\n`,
    at: ['all.yaml:9:3: warning: Deployment db/app: `spec.replicas`'],
  },
  {
    what: 'data of a ConfigMap, in block and in flow style',
    text: configMap('a', '  a: b\n  c: |\n    a: b\n    a: c\n  a: b\n').concat(
      'binaryData: {x: "", x: ""}\n',
    ),
    at: [
      'all.yaml:11:3: warning: ConfigMap db/a: `data.a`',
      'all.yaml:12:21: warning: ConfigMap db/a: `binaryData.x`',
    ],
  },
  {
    what: 'a port in a list',
    text: `${DEPLOYMENT}spec:\n  ports:\n  - port: 1\n    name: a\n    port: 2\n`,
    at: ['all.yaml:10:5: warning: Deployment db/app: `spec.ports[0].port`'],
  },
  {
    what: 'keys inside of items of a List, and its own',
    text: `apiVersion: v1\nkind: List\nitems:\n- ${DEPLOYMENT.trimEnd().replaceAll('\n', '\n  ')}\n  spec: {a: 1, a: 1}\n`,
    at: ['all.yaml:9:16: warning: Deployment db/app: `spec.a`'],
  },
  {
    what: 'a name and a key below, each once',
    text: `${DEPLOYMENT.replace('name: app', 'name: app\n  name: app')}spec: {a: 1, a: 2}\n`,
    at: [
      'all.yaml:5:3: warning: Deployment db/app: `metadata.name`',
      'all.yaml:7:14: warning: Deployment db/app: `spec.a`',
    ],
  },
  {
    what: 'a key of a group, once',
    text: tikvGroup('hot', 'basic', '  replicas: 2\n'),
    at: ['all.yaml:12:3: warning: TiKVGroup db/hot: `spec.replicas`'],
  },
];

describe.each(INSIDE)('`tidb-groups validate` reports $what', ({ text, at }) => {
  const rest = ' is written twice, and the last one counts; remove the other one [duplicate-key]';

  test.each(['first', 'last'])('where it is the %s resource', (where) => {
    const documents = where === 'first' ? [text, CLUSTER] : [CLUSTER, text];
    const before = where === 'first' ? 0 : CLUSTER.split('\n').length;
    const sandbox = new Sandbox({ 'all.yaml': documents.join('---\n') });
    const { stdout, status } = sandbox.groups(['validate', 'all.yaml']);
    const said = stdout.split('\n').filter((line) => line.endsWith('[duplicate-key]'));
    const moved = at.map((line) => line.replace(/\d+/, (number) => String(Number(number) + before)));
    expect(said).toEqual(moved.map((line) => `${line}${rest}`));
    expect(status).toBe(0);
    expect(sandbox.groups(['validate', '--strict', 'all.yaml']).status).toBe(1);
  });
});

/** Two resources without a `---` between them; an error, whichever kinds they are of and whichever key comes first. */
const MERGED: readonly { readonly what: string; readonly text: string; readonly at: string }[] = [
  { what: 'two groups', text: TIKV_GROUP + tikvGroup('cold', 'basic'), at: 'TiKVGroup db/cold' },
  { what: 'a group and another resource', text: TIKV_GROUP + POD, at: 'Pod db/app' },
  { what: 'another resource and a group', text: POD + TIKV_GROUP, at: 'TiKVGroup db/hot' },
  { what: 'two that no render reads', text: POD + DEPLOYMENT, at: 'Deployment db/app' },
  {
    what: 'one that begins with its kind',
    text: `${POD}kind: Deployment\napiVersion: apps/v1\nmetadata: {name: app, namespace: db}\n`,
    at: 'Deployment db/app',
  },
  { what: 'three', text: POD + DEPLOYMENT + TIKV_GROUP, at: 'TiKVGroup db/hot' },
  {
    what: 'one in flow style',
    text: '{apiVersion: v1, kind: Pod, metadata: {name: a}, kind: Job, apiVersion: batch/v1}\n',
    at: 'Job a',
  },
];

describe.each(MERGED)('$what without a separator', ({ text, at }) => {
  const message = `${at}: \`apiVersion\` and \`kind\` are written twice, as if two resources were one, and the first would be lost; is a \`---\` missing before this line, or in a list a \`-\`? [separator-missing]`;

  test('are an error at the line of the last, and nothing is said of its other keys', () => {
    const sandbox = new Sandbox({ 'all.yaml': text, 'cluster.yaml': CLUSTER });
    const lines = text.split('\n');
    const line = lines.length - [...lines].reverse().findIndex((one) => /^["{]?(apiVersion|kind):/.test(one));
    const first = /^(apiVersion|kind):/.test(lines[line - 2] ?? '') ? line - 1 : line;
    for (const command of ['render', 'validate', 'list', 'graph']) {
      const { status, stdout, stderr } = sandbox.groups([command, '.']);
      const said = `${stdout}${stderr}`.split('\n').filter((one) => /duplicate-key|separator/.test(one));
      expect([command, status, said]).toEqual([command, 1, [expect.stringContaining(`error: ${message}`)]]);
      expect(said[0]).toMatch(new RegExp(`^all\\.yaml:${first}:`));
      if (command === 'render') expect(stdout).toBe('');
    }
  });

  test('fail the function', async () => {
    const { failed, messages } = await run(Buffer.from(resourceList(CLUSTER, text)));
    expect(failed).toBe(true);
    expect(messages.filter((one) => /duplicate-key|separator/.test(one))).toEqual([`error: ${message}`]);
  });
});

test('the library says what the command says', async () => {
  const text = `${CLUSTER}---\n${DEPLOYMENT}spec:\n  replicas: 1\n  replicas: 3\n`;
  const { problems } = await validate([{ name: 'all.yaml', text }]);
  expect(problems).toMatchObject([{ code: 'duplicate-key', file: 'all.yaml', line: 29 }]);
});

test('a setting that is there twice is reported', async () => {
  const config = `functionConfig:\n  apiVersion: groups.pingcap.com/v1alpha1\n  kind: ExpandTidbGroups\n  metadata: {name: c}\n  spec:\n    strict: false\n    strict: true\n`;
  const { messages, failed } = await run(Buffer.from(resourceList(CLUSTER) + config));
  expect(messages).toEqual([
    'error: ExpandTidbGroups c: `spec.strict` is written twice, and the last one counts; remove the other one [duplicate-key]',
  ]);
  expect(failed).toBe(true);
});

test.each(['items: []\n', 'kind: ResourceList\n', 'functionConfig: {a: 1}\nfunctionConfig: {}\n'])(
  'a list of which a part would be lost is no list: %j',
  async (more) => {
    const { failed, messages } = await run(Buffer.from(resourceList(CLUSTER, TIKV_GROUP) + more));
    expect(failed).toBe(true);
    expect(messages).toEqual([
      expect.stringMatching(/of the list is written twice, so one of them would be lost/),
    ]);
  },
);
