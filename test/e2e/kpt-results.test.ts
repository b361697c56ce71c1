import { expect, test } from 'vitest';
import { CLUSTER, OF_HOT, stream, TIDB_GROUP, TIKV_GROUP, tidbGroup, tikvGroup } from '../support/basic.ts';
import { kptfile, renderPackage } from '../support/kpt.ts';
import { readYaml, titleOf } from '../support/read-yaml.ts';
import { inTurn } from '../support/runs.ts';
import { type Files, Sandbox } from '../support/sandbox.ts';
import { describeWith, KPT, KUSTOMIZE_4, KUSTOMIZE_5 } from '../support/tools.ts';

const EARLY = TIKV_GROUP.replace('cluster:\n    name: basic', 'clusterName: basic');

const BROKEN: Files = {
  'package/Kptfile': kptfile('db'),
  'package/cluster.yaml': CLUSTER,
  'package/groups/early.yaml': EARLY,
  'package/groups/web.yaml': stream(TIDB_GROUP, tidbGroup('ap', 'nobody')),
};

describeWith([KPT], 'a render that fails', (kpt) => {
  test('writes nothing, and exits with 1', () => {
    const sandbox = new Sandbox(BROKEN);
    const before = sandbox.files('package');
    const { status, stderr } = renderPackage(sandbox, kpt);
    expect(status).toBe(1);
    expect(stderr).toContain('[FAIL] "tidb-groups"');
    expect(sandbox.files('package')).toEqual(before);
  });

  test('says in results.yaml what is wrong, where, errors first', () => {
    const sandbox = new Sandbox(BROKEN);
    renderPackage(sandbox, kpt);
    const [list] = readYaml(sandbox.read('results/results.yaml'));
    expect(list).toMatchObject({
      kind: 'FunctionResultList',
      exitCode: 1n,
      items: [
        {
          exec: 'tidb-groups',
          exitCode: 1n,
          stderr: expect.stringMatching(/^groups\/web\.yaml: error: .*\ngroups\/early\.yaml: warning: .*\n$/),
          results: [
            {
              message: expect.stringContaining('"nobody"'),
              severity: 'error',
              resourceRef: {
                apiVersion: 'pingcap.com/v1alpha1',
                kind: 'TiDBGroup',
                name: 'ap',
                namespace: 'db',
              },
              field: { path: 'spec.cluster.name' },
              file: { path: 'groups/web.yaml', index: 1n },
              tags: { code: 'cluster-not-found' },
            },
            {
              message: expect.stringContaining('`spec.clusterName`'),
              severity: 'warning',
              resourceRef: { kind: 'TiKVGroup', name: 'hot' },
              field: { path: 'spec.clusterName' },
              file: { path: 'groups/early.yaml' },
              tags: { code: 'cluster-name-deprecated' },
            },
          ],
        },
      ],
    });
  });

  test('shows errors among the few lines that kpt prints, however many warnings there are', () => {
    const early = Array.from({ length: 8 }, (_, index) => EARLY.replace('name: hot', `name: hot-${index}`));
    const sandbox = new Sandbox({ ...BROKEN, 'package/a.yaml': stream(...early) });
    const { stderr } = renderPackage(sandbox, kpt);
    const [, results = ''] = stderr.split('Results:');
    expect(results).toMatch(/^\s+\[error\] .*"nobody"/);
  });

  test('fails alike where groups were rendered before', () => {
    const sandbox = new Sandbox({
      'package/Kptfile': kptfile('db'),
      'package/cluster.yaml': CLUSTER,
      'package/groups.yaml': TIKV_GROUP,
    });
    expect(renderPackage(sandbox, kpt).status).toBe(0);
    sandbox.write({ 'package/more.yaml': tikvGroup('cold', 'nobody') });
    const before = sandbox.files('package');
    expect(renderPackage(sandbox, kpt).status).toBe(1);
    expect(sandbox.files('package')).toEqual(before);
  });
});

describeWith([KPT], 'a render that succeeds', (kpt) => {
  test('shows its warnings, and notes them in results.yaml', () => {
    const sandbox = new Sandbox({ ...BROKEN, 'package/groups/web.yaml': TIDB_GROUP });
    const { status, stderr } = renderPackage(sandbox, kpt);
    expect(status).toBe(0);
    expect(stderr).toContain('[PASS] "tidb-groups"');
    expect(stderr).toContain('[warning] pingcap.com/v1alpha1/TiKVGroup/db/hot spec.clusterName');
    const [list] = readYaml(sandbox.read('results/results.yaml'));
    expect(list).toMatchObject({
      exitCode: 0n,
      items: [{ exitCode: 0n, results: [{ severity: 'warning' }] }],
    });
  });
});

describeWith([KPT], 'a function config', (kpt) => {
  const files = { ...BROKEN, 'package/groups/web.yaml': TIDB_GROUP };

  test('may be given as `configMap`', () => {
    const config = '    configMap:\n      strict: "true"\n';
    const sandbox = new Sandbox({ ...files, 'package/Kptfile': kptfile('db', config) });
    expect(renderPackage(sandbox, kpt).status).toBe(1);
  });

  test('may be a file, which stays as it is', () => {
    const text = `# How groups are expanded.
apiVersion: groups.pingcap.com/v1alpha1
kind: ExpandTidbGroups
metadata:
  name: expand
  annotations:
    config.kubernetes.io/local-config: "true"
spec:
  strict: false
`;
    const sandbox = new Sandbox({
      ...files,
      'package/Kptfile': kptfile('db', '    configPath: expand.yaml\n'),
      'package/expand.yaml': text,
    });
    expect(renderPackage(sandbox, kpt).status).toBe(0);
    expect(sandbox.read('package/expand.yaml')).toBe(text);
    sandbox.write({ 'package/expand.yaml': text.replace('false', 'true') });
    expect(renderPackage(sandbox, kpt).status).toBe(1);
  });

  test('that is wrong is an error which names the settings', () => {
    const sandbox = new Sandbox({
      ...files,
      'package/Kptfile': kptfile('db', '    configMap:\n      strikt: "true"\n'),
    });
    const { status, stderr } = renderPackage(sandbox, kpt);
    expect(status).toBe(1);
    expect(stderr).toContain('`data.strikt` is not a known field; did you mean `strict`?');
  });

  test('cannot reach a cluster that `selectors` leave out, and the error says so', () => {
    const selectors = '    selectors:\n    - kind: TiKVGroup\n';
    const sandbox = new Sandbox({ ...files, 'package/Kptfile': kptfile('db', selectors) });
    const { status, stderr } = renderPackage(sandbox, kpt);
    expect(status).toBe(1);
    expect(stderr).toContain('there is no TidbCluster among the resources');
  });
});

describeWith([KPT], 'kpt fn eval', (kpt) => {
  const evaluate = (sandbox: Sandbox, args: readonly string[], input = '') =>
    sandbox.run(kpt, ['fn', 'eval', ...args], { input });

  test('expands a directory in place', () => {
    const sandbox = new Sandbox({ 'plain/all.yaml': stream(CLUSTER, TIKV_GROUP, TIDB_GROUP) });
    for (const _ of ['once', 'again']) {
      expect(evaluate(sandbox, ['plain', '--exec', 'tidb-groups']).status).toBe(0);
      expect(Object.keys(sandbox.files('plain'))).toEqual(['all.yaml', 'hot-tikv.yaml', 'web-tidb.yaml']);
    }
  });

  test('expands a stream, and unwraps it to manifests', () => {
    const all = stream(CLUSTER, TIKV_GROUP);
    const { status, stdout } = evaluate(new Sandbox(), ['-', '--exec', 'tidb-groups', '-o', 'unwrap'], all);
    expect(status).toBe(0);
    expect(readYaml(stdout).map(titleOf)).toEqual([
      'TidbCluster db/basic',
      // kpt keeps local config in a stream.
      'TiKVGroup db/hot',
      ...OF_HOT,
    ]);
    expect(stdout).not.toContain('internal.config');
  });

  test('makes a list of files between source and sink', () => {
    const sandbox = new Sandbox({ 'plain/deep/all.yaml': stream(CLUSTER, TIKV_GROUP) });
    const { stdout: list } = sandbox.run(kpt, ['fn', 'source', 'plain']);
    const { stdout: expanded } = sandbox.groups([], { input: list });
    expect(sandbox.run(kpt, ['fn', 'sink', 'out'], { input: expanded }).status).toBe(0);
    expect(Object.keys(sandbox.files('out'))).toEqual(['deep/all.yaml', 'deep/hot-tikv.yaml']);
  });

  describeWith(inTurn([KUSTOMIZE_5, KUSTOMIZE_4], 1), 'behind kustomize', (kustomize) => {
    test('sees final names, where a name reference tells kustomize of the cluster', () => {
      const sandbox = new Sandbox({
        'kustomization.yaml':
          'resources: [all.yaml]\nnamePrefix: prod-\nnamespace: prod\nconfigurations: [references.yaml]\n',
        'all.yaml': stream(CLUSTER, TIKV_GROUP),
        'references.yaml':
          'nameReference:\n- {kind: TidbCluster, group: pingcap.com, fieldSpecs: [{kind: TiKVGroup, path: spec/cluster}]}\n',
      });
      const { stdout: all } = sandbox.run(kustomize, ['build', '.']);
      expect(all).toContain('  cluster:\n    name: prod-basic\n    namespace: prod\n');
      const { status, stdout } = evaluate(sandbox, ['-', '--exec', 'tidb-groups', '-o', 'unwrap'], all);
      expect(status).toBe(0);
      expect(readYaml(stdout).map(titleOf)).toContain('StatefulSet prod/prod-hot-tikv');
    });
  });
});
