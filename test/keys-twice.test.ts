import { describe, expect, test } from 'vitest';
import { run } from '../functions/expand-tidb-groups/index.ts';
import { CLUSTER, configMap, resourceList, TIKV_GROUP } from './support/basic.ts';
import { Sandbox } from './support/sandbox.ts';

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
  const message = `warning: ${says} is written twice, and the last one counts; remove the other [duplicate-key]`;

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

test('a setting that is there twice is reported', async () => {
  const config = `functionConfig:\n  apiVersion: groups.pingcap.com/v1alpha1\n  kind: ExpandTidbGroups\n  metadata: {name: c}\n  spec:\n    strict: false\n    strict: true\n`;
  const { messages, failed } = await run(Buffer.from(resourceList(CLUSTER) + config));
  expect(messages).toEqual([
    'error: ExpandTidbGroups c: `spec.strict` is written twice, and the last one counts; remove the other [duplicate-key]',
  ]);
  expect(failed).toBe(true);
});

test.each(['items: []\n', 'kind: ResourceList\n', 'functionConfig: {a: 1}\nfunctionConfig: {}\n'])(
  'a list of which a part would be lost is no list: %j',
  async (more) => {
    const { failed, messages } = await run(Buffer.from(resourceList(CLUSTER, TIKV_GROUP) + more));
    expect(failed).toBe(true);
    expect(messages).toEqual([
      expect.stringMatching(/of the list is written twice, so that one of them would be lost/),
    ]);
  },
);
