import { expect, test } from 'vitest';
import {
  CLUSTER,
  cluster,
  configMap,
  GENERATED,
  OF_HOT,
  stream,
  TIDB_GROUP,
  TIKV_GROUP,
  tikvGroup,
} from '../support/basic.ts';
import { KEPT_LINES } from '../support/engines.ts';
import { withoutTally } from '../support/frame.ts';
import { kptfile, rendered, renderPackage, subPackage } from '../support/kpt.ts';
import { readYaml, titleOf } from '../support/read-yaml.ts';
import { type Files, Sandbox } from '../support/sandbox.ts';
import { describeWith, KPT } from '../support/tools.ts';

const PACKAGE: Files = {
  'package/Kptfile': kptfile('db'),
  'package/cluster.yaml': CLUSTER,
  'package/stores/groups.yaml': stream(configMap('settings'), TIKV_GROUP),
  'package/sql/groups.yaml': TIDB_GROUP,
};

/** What is asked before clients lose their servers is told in the tests of the guard. */
const UNGUARDED = kptfile('db', '    configMap:\n      guard: "false"\n');

const OF_WEB = GENERATED.slice(OF_HOT.length);

describeWith([KPT], 'a package', (kpt) => {
  test('gets the resources of a group in one file next to the group', () => {
    const files = rendered(new Sandbox(PACKAGE), kpt);
    expect(Object.keys(files)).toEqual([
      'Kptfile',
      'cluster.yaml',
      'sql/groups.yaml',
      'sql/web-tidb.yaml',
      'stores/groups.yaml',
      'stores/hot-tikv.yaml',
    ]);
    expect(titlesIn(files, 'stores/hot-tikv.yaml')).toEqual(OF_HOT);
    expect(titlesIn(files, 'sql/web-tidb.yaml')).toEqual(OF_WEB);
  });

  test('keeps its Kptfile, and holds no annotations of the tools', () => {
    const { Kptfile, ...files } = rendered(new Sandbox(PACKAGE), kpt);
    expect(Kptfile).toBe(PACKAGE['package/Kptfile']);
    for (const text of Object.values(files)) {
      expect(text).not.toMatch(
        /internal\.config|(?<!lifecycle\.)config\.k8s\.io|kubernetes\.io\/(?:path|index)/,
      );
    }
  });

  test('keeps its groups, as local config', () => {
    const files = rendered(new Sandbox(PACKAGE), kpt);
    expect(titlesIn(files, 'stores/groups.yaml')).toEqual(['ConfigMap db/settings', 'TiKVGroup db/hot']);
    for (const path of ['stores/groups.yaml', 'sql/groups.yaml']) {
      const group = readYaml(files[path] ?? '').at(-1);
      expect(group?.metadata).toMatchObject({
        annotations: { 'config.kubernetes.io/local-config': 'true' },
      });
    }
  });

  test('does not change by one byte in a second and a third render', () => {
    const sandbox = new Sandbox(PACKAGE);
    const first = rendered(sandbox, kpt);
    expect(rendered(sandbox, kpt)).toEqual(first);
    expect(rendered(sandbox, kpt)).toEqual(first);
  });

  test('with groups in sub-packages gets their files there', () => {
    const sandbox = new Sandbox({
      'package/Kptfile': kptfile('db'),
      'package/cluster.yaml': CLUSTER,
      'package/stores/Kptfile': subPackage('stores'),
      'package/stores/groups.yaml': TIKV_GROUP,
      'package/stores/far/Kptfile': subPackage('far'),
      'package/stores/far/deep/groups.yaml': tikvGroup('cold', 'basic'),
    });
    const files = rendered(sandbox, kpt);
    expect(Object.keys(files).filter((path) => path.endsWith('-tikv.yaml'))).toEqual([
      'stores/far/deep/cold-tikv.yaml',
      'stores/hot-tikv.yaml',
    ]);
    expect(rendered(sandbox, kpt)).toEqual(files);
    expect(files['cluster.yaml']).toContain('groups.pingcap.com/tikv: cold,hot\n');
  });

  test('whose sub-packages render themselves is not rendered twice over', () => {
    const sandbox = new Sandbox({
      'package/Kptfile': kptfile('fleet'),
      'package/a/Kptfile': kptfile('a'),
      'package/a/all.yaml': stream(CLUSTER, TIKV_GROUP),
      'package/b/Kptfile': kptfile('b'),
      'package/b/all.yaml': stream(cluster('basic', 'other'), tikvGroup('hot', 'basic', '', 'other')),
    });
    const files = rendered(sandbox, kpt);
    expect(titlesIn(files, 'a/hot-tikv.yaml')).toEqual(OF_HOT);
    expect(titlesIn(files, 'b/hot-tikv.yaml')).toEqual(OF_HOT.map((title) => title.replace('db/', 'other/')));
    expect(rendered(sandbox, kpt)).toEqual(files);
  });

  test('gives the same result with the function twice in its pipeline', () => {
    const twice = kptfile('db', '  - exec: tidb-groups\n');
    const { Kptfile: _, ...files } = rendered(new Sandbox({ ...PACKAGE, 'package/Kptfile': twice }), kpt);
    expect(rendered(new Sandbox(PACKAGE), kpt)).toEqual({ ...files, Kptfile: kptfile('db') });
  });

  test('with groups of different kinds and one name has both', () => {
    const web = TIDB_GROUP.replace('name: web', 'name: hot');
    const sandbox = new Sandbox({ ...PACKAGE, 'package/sql/groups.yaml': web });
    const files = rendered(sandbox, kpt);
    expect(titlesIn(files, 'stores/hot-tikv.yaml')).toEqual(OF_HOT);
    expect(titlesIn(files, 'sql/hot-tidb.yaml')).toEqual(OF_WEB.map((title) => title.replace('web', 'hot')));
  });

  test('with a file of the user where generated resources go keeps both in it', () => {
    const sandbox = new Sandbox({ ...PACKAGE, 'package/stores/hot-tikv.yaml': configMap('mine') });
    const files = rendered(sandbox, kpt);
    expect(titlesIn(files, 'stores/hot-tikv.yaml')).toEqual(['ConfigMap db/mine', ...OF_HOT]);
    expect(rendered(sandbox, kpt)).toEqual(files);
  });
});

describeWith([KPT], 'a package that was rendered before', (kpt) => {
  test('follows a change of a group in place', () => {
    const sandbox = new Sandbox(PACKAGE);
    const before = rendered(sandbox, kpt);
    const groups = sandbox.read('package/stores/groups.yaml').replace('replicas: 3', 'replicas: 5');
    sandbox.write({ 'package/stores/groups.yaml': groups });
    const after = rendered(sandbox, kpt);
    expect(after).toEqual({
      ...before,
      'stores/groups.yaml': groups,
      'stores/hot-tikv.yaml': expect.stringMatching(grown(before['stores/hot-tikv.yaml'])),
    });
  });

  test('loses the resources of a deleted group, and the cluster no longer names it', () => {
    const sandbox = new Sandbox({ ...PACKAGE, 'package/Kptfile': UNGUARDED });
    const { 'sql/web-tidb.yaml': _, 'sql/groups.yaml': __, ...left } = rendered(sandbox, kpt);
    sandbox.remove('package/sql/groups.yaml');
    const { 'cluster.yaml': cluster = '', ...files } = rendered(sandbox, kpt);
    expect({ ...files, 'cluster.yaml': withoutTally(cluster) }).toEqual({
      ...left,
      'cluster.yaml': withoutTally(left['cluster.yaml'] ?? '').replace(
        '    groups.pingcap.com/tidb: web\n',
        '',
      ),
    });
  });

  test('has nothing left of its groups when the last is deleted, but what protects the TidbCluster', () => {
    const sandbox = new Sandbox({
      'package/Kptfile': UNGUARDED,
      'package/cluster.yaml': CLUSTER,
      'package/groups.yaml': TIDB_GROUP,
    });
    rendered(sandbox, kpt);
    sandbox.remove('package/groups.yaml');
    // It looks the same as one that a user wrote.
    const cluster = CLUSTER.replace('\nspec:\n', `\n  annotations:\n${KEPT_LINES}spec:\n`);
    expect(rendered(sandbox, kpt)).toEqual({ Kptfile: UNGUARDED, 'cluster.yaml': cluster });
  });

  test('drops a Service that a group no longer has', () => {
    const sandbox = new Sandbox({ ...PACKAGE, 'package/Kptfile': UNGUARDED });
    rendered(sandbox, kpt);
    const without = sandbox.read('package/sql/groups.yaml').replace('  service:\n    type: ClusterIP\n', '');
    sandbox.write({ 'package/sql/groups.yaml': without });
    expect(titlesIn(rendered(sandbox, kpt), 'sql/web-tidb.yaml')).toEqual(
      OF_WEB.filter((title) => title !== 'Service db/web-tidb'),
    );
  });

  test('leaves a generated file where the user moved it', () => {
    const sandbox = new Sandbox(PACKAGE);
    const { 'stores/hot-tikv.yaml': hot = '', ...others } = rendered(sandbox, kpt);
    sandbox.remove('package/stores/hot-tikv.yaml');
    sandbox.write({ 'package/generated/stores.yaml': hot });
    expect(rendered(sandbox, kpt)).toEqual({ ...others, 'generated/stores.yaml': hot });
    const groups = sandbox.read('package/stores/groups.yaml').replace('replicas: 3', 'replicas: 5');
    sandbox.write({ 'package/stores/groups.yaml': groups });
    expect(rendered(sandbox, kpt)).toEqual({
      ...others,
      'stores/groups.yaml': groups,
      'generated/stores.yaml': expect.stringMatching(grown(hot)),
    });
  });

  test('undoes what somebody changed in a generated resource', () => {
    const sandbox = new Sandbox(PACKAGE);
    const before = rendered(sandbox, kpt);
    const changed = (before['stores/hot-tikv.yaml'] ?? '').replace('replicas: 3', 'replicas: 1');
    sandbox.write({ 'package/stores/hot-tikv.yaml': changed });
    expect(rendered(sandbox, kpt)).toEqual(before);
  });

  test('does not claim a resource without the mark', () => {
    const sandbox = new Sandbox(PACKAGE);
    rendered(sandbox, kpt);
    const marked = sandbox.read('package/stores/hot-tikv.yaml');
    const mine = marked.replaceAll('groups.pingcap.com/generated-by', 'example.com/made-by');
    sandbox.write({ 'package/stores/hot-tikv.yaml': mine });
    const before = sandbox.files('package');
    const { status, stderr } = renderPackage(sandbox, kpt);
    expect(status).toBe(1);
    expect(stderr).toContain('which makes the ConfigMap "hot-tikv", but there is a ConfigMap');
    expect(sandbox.files('package')).toEqual(before);
  });
});

function titlesIn(files: Files, path: string): string[] {
  return readYaml(files[path] ?? '').map(titleOf);
}

/** The resources of a group of three stores once it has five, with its Job and the budget over all stores. */
function grown(before = ''): RegExp {
  const text = before
    .replace('replicas: 3', 'replicas: 5')
    .replace('minAvailable: 5', 'minAvailable: 7')
    .replace(/(hot-tikv-drain-[0-9a-f]{7}) 3/, '$1 5');
  const pattern = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${pattern.replaceAll(/hot-tikv-drain-[0-9a-f]{7}/g, 'hot-tikv-drain-[0-9a-f]{7}')}$`);
}
