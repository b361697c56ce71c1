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
      says: 'error: ExpandTidbGroups c: `apiVersion` of an ExpandTidbGroups must be "groups.pingcap.com/v1alpha1", but is "groups.pingcap.com/v2"; write that one [field-enum]',
    },
    {
      name: 'of a kind that is nearly one',
      config: HEAD.replace('Tidb', 'TiDb').replace('Groups', 'Group'),
      says: 'error: ExpandTiDbGroup c: `kind` must be one that groups.pingcap.com/v1alpha1 has, but "ExpandTiDbGroup" is not; did you mean "ExpandTidbGroups"? [field-enum]',
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
      name: 'with a drain that takes days, which are no unit of durations',
      config: `${HEAD}spec: {drain: {timeout: 1d}}\n`,
      says: 'error: ExpandTidbGroups c: `spec.drain.timeout` must be a duration such as "30s", "10m" or "1h30m", but "1d" is not; there is no unit for days: write "24h" [duration]',
    },
    {
      name: 'with a drain that takes no time',
      config: `${HEAD}spec: {drain: {timeout: 0s}}\n`,
      says: 'error: ExpandTidbGroups c: `spec.drain.timeout` must be more than 0; remove it to wait as long as the data takes to move [duration]',
    },
    {
      name: 'with a drain that has a setting that there is not',
      config: `${HEAD}spec: {drain: {claims: Delete}}\n`,
      says: 'error: ExpandTidbGroups c: `spec.drain.claims` is not a known field; did you mean `deleteClaims`? the fields are `deleteClaims`, `enabled`, `engine`, `image` and `timeout` [field-unknown]',
    },
    {
      name: 'with an engine that there is not',
      config: `${HEAD}spec: {drain: {engine: Argo CD}}\n`,
      says: expect.stringMatching(/`spec.drain.engine` must be "ArgoCD" or "Flux", but is "Argo CD"/),
    },
    {
      name: 'a ConfigMap with a drain that has a setting that there is not',
      config: `${MAP}data: {drain.enabled: "true", drain.claims: Delete}\n`,
      says: 'error: ConfigMap c: `data.drain.claims` is not a known field; did you mean `deleteClaims`? the fields are `deleteClaims`, `enabled`, `engine`, `image` and `timeout` [field-unknown]',
    },
    {
      name: 'a ConfigMap with a setting that is in no map',
      config: `${MAP}data: {strict.enabled: "true"}\n`,
      says: expect.stringMatching(/`data\["strict.enabled"\]` is not a known field/),
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
      says: 'error: ConfigMap c: `data` must be a map, but is a list; write braces in place of the brackets [field-type]',
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

describe('a drain that has no effect', () => {
  test.each([
    {
      name: 'because there are no waves',
      spec: '{syncWaves: false, drain: {engine: ArgoCD}}',
      says: 'warning: ExpandTidbGroups c: `spec.drain.engine` has no effect, because Argo CD waits for Jobs by their sync waves, and `syncWaves` is false; remove one of them [no-effect]',
    },
    {
      name: 'because TiDB Operator drains',
      spec: '{output: TidbCluster, drain: {enabled: true}}',
      says: 'warning: ExpandTidbGroups c: `spec.drain` has no effect, because TiDB Operator drains groups that are rendered as TidbClusters; remove it [no-effect]',
    },
  ])('$name', async ({ spec, says }) => {
    const { failed, messages } = await runWith(`${HEAD}spec: ${spec}\n`, CLUSTER, TIKV_GROUP);
    expect(failed).toBe(false);
    expect(messages).toEqual([says]);
  });

  test('but what is not written', async () => {
    const spec = 'spec: {rollout: Plain, drain: {enabled: null, timeout: null, engine: ""}}\n';
    const { failed, messages, output } = await runWith(HEAD + spec, CLUSTER, TIKV_GROUP);
    expect({ failed, messages }).toEqual({ failed: false, messages: [] });
    expect(output).not.toContain('kind: Job');
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
