import { describe, expect, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { CLUSTER, GENERATED, resourceList, stream, TIDB_GROUP, TIKV_GROUP } from '../support/basic.ts';
import { unframed } from '../support/frame.ts';
import { built, EXPAND } from '../support/kustomize.ts';
import { readYaml, titleOf } from '../support/read-yaml.ts';
import { inTurn } from '../support/runs.ts';
import { Sandbox } from '../support/sandbox.ts';
import { describeWith, KUBECTL, KUSTOMIZES } from '../support/tools.ts';

function list(head: string, ...items: readonly string[]): string {
  const listed = items.map((item) => `- ${item.trimEnd().replaceAll('\n', '\n  ')}\n`);
  return `${head}\nmetadata: {name: some}\nitems:\n${listed.join('')}`;
}

const V1 = 'apiVersion: v1\nkind: List';
const STORES = 'apiVersion: pingcap.com/v1alpha1\nkind: TiKVGroupList';
const OTHERS = 'apiVersion: example.com/v1\nkind: AnythingList';

/** Ways to have the cluster and its two groups in lists. */
const LISTS: readonly { readonly name: string; readonly text: string }[] = [
  { name: 'a List', text: list(V1, CLUSTER, TIKV_GROUP, TIDB_GROUP) },
  { name: 'a List in a List', text: list(V1, CLUSTER, list(V1, TIKV_GROUP, list(V1, TIDB_GROUP))) },
  { name: 'a TiKVGroupList', text: stream(CLUSTER, list(STORES, TIKV_GROUP), TIDB_GROUP) },
  {
    name: 'a TiDBGroupList in brackets, in a List',
    text: list(
      V1,
      CLUSTER,
      TIKV_GROUP,
      JSON.stringify(
        { ...readYaml(STORES)[0], kind: 'TiDBGroupList', items: readYaml(TIDB_GROUP) },
        (_, value) => (typeof value === 'bigint' ? Number(value) : value),
      ),
    ),
  },
  {
    name: 'a list of another kind',
    text: stream(list(OTHERS, TIKV_GROUP, list(OTHERS, TIDB_GROUP)), CLUSTER),
  },
];

const ALL = [...GENERATED, 'TidbCluster db/basic'].sort();

describe.each(LISTS)('groups in $name', ({ text }) => {
  test('are expanded by `tidb-groups render`', () => {
    const { status, stdout } = new Sandbox({ 'all.yaml': text }).groups(['render', 'all.yaml']);
    expect(status).toBe(0);
    expect(readYaml(stdout).map(titleOf).sort()).toEqual(ALL);
  });

  test('are an error as an item of a list that a function is given', async () => {
    const documents = text.split(/^---\n/m);
    const { failed, messages } = await run(Buffer.from(resourceList(...documents)));
    expect(failed).toBe(true);
    expect(messages.filter((message) => message.includes('[nested-list]')).length).toBeGreaterThan(0);
  });
});

describeWith(inTurn(KUSTOMIZES, 1), 'groups in lists', (kustomize) => {
  test('are expanded, as kustomize takes lists apart before the function', () => {
    const texts = LISTS.map(({ text }, index) =>
      text.replaceAll(/namespace("?): ?("?)db\b/g, `namespace$1: $2db-${index}`),
    );
    const files = texts.map((text, index): [string, string] => [`${index}.yaml`, text]);
    const sandbox = new Sandbox({
      'kustomization.yaml': `resources: [${files.map(([file]) => file).join(', ')}]\ntransformers: [expand.yaml]\n`,
      'expand.yaml': EXPAND,
      ...Object.fromEntries(files),
    });
    const titles = LISTS.flatMap((_, index) => ALL.map((title) => title.replace(' db/', ` db-${index}/`)));
    expect(built(sandbox, kustomize).map(titleOf).sort()).toEqual(titles.sort());
  });
});

describeWith([KUBECTL], 'what a list means', (kubectl) => {
  test('to `render` it is what kubectl takes it for, where kubectl takes it', () => {
    const taken = LISTS.filter(({ text }) => {
      const sandbox = new Sandbox({ 'all.yaml': text });
      const { status, stdout } = sandbox.run(kubectl, [
        'annotate',
        '--local',
        '--filename',
        'all.yaml',
        'a=b',
        '--output',
        'name',
      ]);
      if (status !== 0) return false;
      expect(stdout.trim().split('\n').sort()).toEqual([
        'tidbcluster.pingcap.com/basic',
        'tidbgroup.pingcap.com/web',
        'tikvgroup.pingcap.com/hot',
      ]);
      return true;
    });
    expect(taken.length).toBeGreaterThan(1);
  });
});

describe('a list that is nothing to this project', () => {
  const others = list(OTHERS, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {a: "1"}\n');
  const noList = 'apiVersion: example.com/v1\nkind: AllowList\nmetadata: {name: allow}\nitems: [a, b]\n';

  test.each([others, noList])('goes out of `render` as it is', (text) => {
    const { status, stdout } = new Sandbox({ 'all.yaml': text }).groups(['render', 'all.yaml']);
    expect({ status, stdout: unframed(stdout) }).toEqual({ status: 0, stdout: text });
  });

  test.each([others, noList])('goes out of the function as it is', async (text) => {
    const input = resourceList(text);
    const { failed, output } = await run(Buffer.from(input));
    expect([failed, Buffer.concat([...output].map((piece) => Buffer.from(piece))).toString()]).toEqual([
      false,
      input,
    ]);
  });

  test('is one of which an item is no resource, where it is one of ours', () => {
    const { status, stderr } = new Sandbox({ 'all.yaml': list(STORES, 'metadata: {name: hot}') }).groups([
      'render',
      'all.yaml',
    ]);
    expect(status).toBe(1);
    expect(stderr).toContain(
      'all.yaml:5:3: error: must be a Kubernetes resource, but has no `apiVersion`; add it',
    );
  });
});
