import { describe, expect, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { CLUSTER, resourceList, TIKV_GROUP, tikvGroup } from '../support/basic.ts';

const HEAD = 'apiVersion: groups.pingcap.com/v1alpha1\nkind: ExpandTidbGroups\nmetadata: {name: c}\n';
const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n';

async function runWith(config: string, ...items: readonly string[]) {
  const text = `${resourceList(...items)}functionConfig:\n  ${config.trimEnd().replaceAll('\n', '\n  ')}\n`;
  const { failed, messages, output } = await run(Buffer.from(text));
  return { failed, messages, output: [...output].map((piece) => Buffer.from(piece).toString()).join('') };
}

describe('a config that is wrong', () => {
  test.each([
    {
      name: 'of another kind',
      config: 'apiVersion: v1\nkind: Secret\nmetadata: {name: c}\n',
      says: 'error: Secret c: the function config must be of kind "ExpandTidbGroups" or "ValidateTidbGroups" (`apiVersion: groups.pingcap.com/v1alpha1`) or a "ConfigMap" (`apiVersion: v1`), but is of kind "Secret" (`apiVersion: v1`) [config-kind]',
    },
    {
      name: 'of another version',
      config: HEAD.replace('v1alpha1', 'v2'),
      says: expect.stringMatching(
        /but is of kind "ExpandTidbGroups" \(`apiVersion: groups.pingcap.com\/v2`\) \[config-kind\]$/,
      ),
    },
    {
      name: 'with a setting that there is not: the known ones are listed',
      config: `${HEAD}spec: {lenient: true}\n`,
      says: expect.stringMatching(
        /^error: ExpandTidbGroups c: `spec.lenient` is not a known field; remove it, or use one of `.*`strict`.* \[field-unknown\]$/,
      ),
    },
    {
      name: 'with a misspelled setting: the known ones are listed too',
      config: `${HEAD}spec: {Strict: true}\n`,
      says: expect.stringMatching(
        /`spec.Strict` is not a known field; did you mean `strict`\? the fields are `.*`strict`.* \[field-unknown\]$/,
      ),
    },
    {
      name: 'with a value of another type',
      config: `${HEAD}spec: {strict: "yes"}\n`,
      says: 'error: ExpandTidbGroups c: `spec.strict` must be true or false, but "yes" is a string [field-type]',
    },
    {
      name: 'with settings beside the spec',
      config: `${HEAD}strict: true\n`,
      says: 'error: ExpandTidbGroups c: `strict` is not a known field; remove it, or use one of `apiVersion`, `kind`, `metadata` and `spec` [field-unknown]',
    },
    {
      name: 'a ConfigMap with a setting that there is not',
      config: `${MAP}data: {lenient: "true"}\n`,
      says: expect.stringMatching(
        /^error: ConfigMap c: `data.lenient` is not a known field; remove it, or use one of `.*`strict`.* \[field-unknown\]$/,
      ),
    },
    {
      name: 'a ConfigMap with a text that the setting cannot be',
      config: `${MAP}data: {strict: "1"}\n`,
      says: 'error: ConfigMap c: `data.strict` must be true or false, but "1" is a string [field-type]',
    },
    {
      name: 'a ConfigMap whose data are none',
      config: `${MAP}data: [strict]\n`,
      says: 'error: ConfigMap c: `data` must be a map, but is a list; remove the dashes [field-type]',
    },
  ])('$name', async ({ config, says }) => {
    const { failed, messages } = await runWith(config, CLUSTER, TIKV_GROUP);
    expect(messages).toEqual([says]);
    expect(failed).toBe(true);
  });
});

/** A group that says its cluster the old way: a warning. */
const WARNED = tikvGroup('hot', 'basic').replace('  cluster:\n    name: basic\n', '  clusterName: basic\n');

describe('strict', () => {
  test.each([
    { name: 'is off without a config', config: `${HEAD}`, fails: false },
    { name: 'is off where nothing is written', config: `${HEAD}spec: {strict: null}\n`, fails: false },
    { name: 'makes warnings errors', config: `${HEAD}spec: {strict: true}\n`, fails: true },
    { name: 'can be said off', config: `${HEAD}spec: {strict: false}\n`, fails: false },
    { name: 'is read from a ConfigMap', config: `${MAP}data: {strict: "true"}\n`, fails: true },
    {
      name: 'is read from a ConfigMap in any spelling',
      config: `${MAP}data: {strict: "False"}\n`,
      fails: false,
    },
    {
      name: 'holds for a validator',
      config: `${HEAD.replace('Expand', 'Validate')}spec: {strict: true}\n`,
      fails: true,
    },
  ])('$name', async ({ config, fails }) => {
    const { failed, messages } = await runWith(config, CLUSTER, WARNED);
    expect(failed).toBe(fails);
    expect(messages).toEqual([expect.stringContaining('[cluster-name-deprecated]')]);
  });
});

describe('a validator', () => {
  const config = HEAD.replace('Expand', 'Validate');
  const kustomized = (item: string) =>
    item.replace('metadata:\n', 'metadata:\n  annotations: {kustomize.config.k8s.io/id: "kind: A"}\n');

  test('gives back its input as it came', async () => {
    const { failed, output } = await runWith(config, CLUSTER, TIKV_GROUP);
    expect(failed).toBe(false);
    expect(output.startsWith(resourceList(CLUSTER, TIKV_GROUP))).toBe(true);
  });

  test('gives kustomize none of its items back, and something that no cluster takes', async () => {
    const { failed, output } = await runWith(config, kustomized(CLUSTER), kustomized(TIKV_GROUP));
    expect(failed).toBe(false);
    expect(output).toBe(`apiVersion: config.kubernetes.io/v1
kind: ResourceList
items:
- apiVersion: groups.pingcap.com/v1alpha1
  kind: ValidateTidbGroups
  metadata:
    name: belongs-under-validators-not-under-transformers
functionConfig:
  ${config.trimEnd().replaceAll('\n', '\n  ')}
`);
  });

  test('fails with the results, and the input as it came', async () => {
    const group = kustomized(tikvGroup('hot', 'elsewhere'));
    const { failed, output, messages } = await runWith(config, kustomized(CLUSTER), group);
    expect(failed).toBe(true);
    expect(messages).toEqual([expect.stringContaining('[cluster-not-found]')]);
    expect(output.startsWith(resourceList(kustomized(CLUSTER), group))).toBe(true);
    expect(output).toContain('code: cluster-not-found');
  });
});
