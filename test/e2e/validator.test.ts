import { expect, test } from 'vitest';
import { CLUSTER, configMap, stream, TIKV_GROUP, tikvGroup } from '../support/basic.ts';
import { build, built, transformer } from '../support/kustomize.ts';
import { titleOf } from '../support/read-yaml.ts';
import { inTurn } from '../support/runs.ts';
import { Sandbox } from '../support/sandbox.ts';
import { describeWith, KPT, KUSTOMIZE_4, KUSTOMIZE_5 } from '../support/tools.ts';

const EXPAND = transformer('');
const VALIDATE = transformer('')
  .replace('ExpandTidbGroups', 'ValidateTidbGroups')
  .replace('name: expand', 'name: validate');

const OTHER = configMap('other');
const BROKEN = tikvGroup('hot', 'elsewhere');

describeWith(inTurn([KUSTOMIZE_5, KUSTOMIZE_4], 0), 'the function as a validator', (kustomize) => {
  const files = (group: string, functions: string) => ({
    'resources.yaml': stream(CLUSTER, group, OTHER),
    'kustomization.yaml': `resources: [resources.yaml]\nnamePrefix: a-\n${functions}`,
    'expand.yaml': EXPAND,
    'validate.yaml': VALIDATE,
  });

  test('passes what is right, and leaves the build unchanged', () => {
    const with_ = new Sandbox(files(TIKV_GROUP, 'validators: [validate.yaml]\n'));
    const without = new Sandbox(files(TIKV_GROUP, ''));
    expect(built(with_, kustomize)).toEqual(built(without, kustomize));
    expect(built(with_, kustomize).map(titleOf)).toContain('TiKVGroup db/a-hot');
  });

  test('passes what the function has expanded just before', () => {
    const both = new Sandbox(files(TIKV_GROUP, 'transformers: [expand.yaml]\nvalidators: [validate.yaml]\n'));
    const titles = built(both, kustomize).map(titleOf);
    expect(titles).toContain('StatefulSet db/a-hot-tikv');
    expect(titles).not.toContain('TiKVGroup db/a-hot');
  });

  test('stops a build of what is wrong, and says what', () => {
    const sandbox = new Sandbox(files(BROKEN, 'validators: [validate.yaml]\n'));
    const { status, stdout, stderr } = build(sandbox, kustomize);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('error: TiKVGroup db/a-hot: `spec.cluster.name` must name a TidbCluster');
  });

  test('among the transformers makes no empty build', () => {
    const sandbox = new Sandbox(files(TIKV_GROUP, 'transformers: [validate.yaml]\n'));
    expect(built(sandbox, kustomize).map(titleOf)).toEqual([
      'ValidateTidbGroups belongs-under-validators-not-under-transformers',
    ]);
  });
});

describeWith([KPT], 'the function as a validator', (kpt) => {
  const files = (group: string, list: 'mutators' | 'validators') => ({
    Kptfile: `apiVersion: kpt.dev/v1
kind: Kptfile
metadata:
  name: db
pipeline:
  ${list}:
  - exec: tidb-groups
    configPath: validate.yaml
`,
    'resources.yaml': stream(CLUSTER, group, OTHER),
    'validate.yaml': `apiVersion: groups.pingcap.com/v1alpha1
kind: ValidateTidbGroups
metadata:
  name: validate
`,
  });
  const render = (sandbox: Sandbox) =>
    sandbox.run(kpt, ['fn', 'render', '--allow-exec', '--truncate-output=false']);

  test.each(['mutators', 'validators'] as const)(
    'passes what is right and writes nothing, among the %s',
    (list) => {
      const sandbox = new Sandbox(files(TIKV_GROUP, list));
      expect(render(sandbox)).toMatchObject({ status: 0 });
      expect(sandbox.files()).toMatchObject(files(TIKV_GROUP, list));
    },
  );

  test('stops a render of what is wrong, and says what and in which file', () => {
    const sandbox = new Sandbox(files(BROKEN, 'validators'));
    const { status, stderr } = render(sandbox);
    expect(status).toBe(1);
    expect(stderr).toContain(
      'resources.yaml: error: TiKVGroup db/hot: `spec.cluster.name` must name a TidbCluster',
    );
  });
});
