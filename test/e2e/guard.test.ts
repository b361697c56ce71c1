import { describe, expect, test } from 'vitest';
import { run } from '../../functions/expand-tidb-groups/index.ts';
import { CLUSTER, resourceList, stream, TIDB_GROUP, TIKV_GROUP, tikvGroup } from '../support/basic.ts';
import { confirmed } from '../support/confirm.ts';
import { kptfile, rendered, renderPackage } from '../support/kpt.ts';
import { EXPAND } from '../support/kustomize.ts';
import { type Files, Sandbox } from '../support/sandbox.ts';
import { describeWith, KPT, KUSTOMIZE_5 } from '../support/tools.ts';

const FEWER = TIKV_GROUP.replace('replicas: 3', 'replicas: 2');
const SAFE = TIKV_GROUP.replace('replicas: 3', 'replicas: 4');

describeWith([KPT], 'a package that was rendered before', (kpt) => {
  const PACKAGE: Files = {
    'package/Kptfile': kptfile('db'),
    'package/cluster.yaml': CLUSTER,
    'package/hot.yaml': TIKV_GROUP,
  };

  test('refuses to lose a store, and keeps every byte, until the line that it prints is there', () => {
    const sandbox = new Sandbox(PACKAGE);
    rendered(sandbox, kpt);
    sandbox.write({ 'package/hot.yaml': FEWER });
    const before = sandbox.files('package');
    const refused = renderPackage(sandbox, kpt);
    expect(refused.status).not.toBe(0);
    expect(refused.stderr).toContain('[danger-unconfirmed]');
    expect(refused.stderr).toContain('store-scale-in');
    expect(refused.stderr).toContain('hot.yaml');
    expect(sandbox.files('package')).toEqual(before);

    sandbox.write({ 'package/hot.yaml': confirmed(FEWER, refused.stderr) });
    const after = rendered(sandbox, kpt);
    expect(after['hot-tikv.yaml']).toContain('  replicas: 2\n');
  });

  test('is not held up by a confirmation that has done its work, which does not hold for another change', () => {
    const sandbox = new Sandbox(PACKAGE);
    rendered(sandbox, kpt);
    sandbox.write({ 'package/hot.yaml': FEWER });
    const said = renderPackage(sandbox, kpt).stderr;
    sandbox.write({ 'package/hot.yaml': confirmed(FEWER, said) });
    const through = rendered(sandbox, kpt);
    expect(rendered(sandbox, kpt)).toEqual(through);
    sandbox.write({ 'package/hot.yaml': confirmed(SAFE, said) });
    rendered(sandbox, kpt);
    sandbox.write({ 'package/hot.yaml': confirmed(TIKV_GROUP, said) });
    const refused = renderPackage(sandbox, kpt);
    expect(refused.stderr).toContain('[danger-unconfirmed]');
    const tokens = [said, refused.stderr].map((text) => /write `[^`]*"(store-scale-in@\w+)"/.exec(text)?.[1]);
    expect(new Set(tokens).size).toBe(2);
    expect(refused.stderr).toContain('[confirm-unused]');
  });

  test('does not let a group of stores go, also where it is the last one, until its cluster says so', () => {
    const sandbox = new Sandbox(PACKAGE);
    rendered(sandbox, kpt);
    sandbox.remove('package/hot.yaml');
    const refused = renderPackage(sandbox, kpt);
    expect(refused.stderr).toContain('store-removal');
    expect(refused.stderr).toContain('TidbCluster db/basic');
    expect(sandbox.exists('package/hot-tikv.yaml')).toBe(true);
    sandbox.write({ 'package/cluster.yaml': confirmed(CLUSTER, refused.stderr) });
    expect(Object.keys(rendered(sandbox, kpt))).toEqual(['Kptfile', 'cluster.yaml']);
  });

  test('takes safe changes as ever', () => {
    const sandbox = new Sandbox(PACKAGE);
    rendered(sandbox, kpt);
    sandbox.write({ 'package/hot.yaml': SAFE });
    expect(rendered(sandbox, kpt)['hot-tikv.yaml']).toContain('replicas: 4');
  });

  test('is not guarded where the function config says so', () => {
    const sandbox = new Sandbox(PACKAGE);
    rendered(sandbox, kpt);
    sandbox.write({
      'package/hot.yaml': FEWER,
      'package/Kptfile': kptfile('db', '    configMap:\n      guard: "false"\n'),
    });
    expect(rendered(sandbox, kpt)['hot-tikv.yaml']).toContain('replicas: 2');
  });
});

describe('a directory that was rendered before', () => {
  const MANIFESTS: Files = { 'in/cluster.yaml': CLUSTER, 'in/groups.yaml': stream(TIKV_GROUP, TIDB_GROUP) };
  const RENDER = ['render', '-o', 'out', 'in'];

  test('is not written over with a dangerous change, also of the base, until that is confirmed', () => {
    const sandbox = new Sandbox(MANIFESTS);
    expect(sandbox.groups(RENDER)).toEqual({ status: 0, stdout: '', stderr: '' });
    const before = sandbox.files('out');
    const older = CLUSTER.replace('v8.5.7', 'v8.5.1');
    sandbox.write({ 'in/cluster.yaml': older });
    const refused = sandbox.groups(RENDER);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('in/cluster.yaml:4:9: error: TidbCluster db/basic:');
    expect(refused.stderr).toContain('version-downgrade');
    expect(sandbox.files('out')).toEqual(before);
    sandbox.write({ 'in/cluster.yaml': confirmed(older, refused.stderr) });
    expect(sandbox.groups(RENDER).status).toBe(0);
    expect(sandbox.read('out/db/statefulset_hot-tikv.yaml')).toContain('v8.5.1');
  });

  test('counts as well where it is among the input', () => {
    const sandbox = new Sandbox(MANIFESTS);
    sandbox.groups(RENDER);
    sandbox.remove('out/db/tidbcluster_basic.yaml');
    sandbox.write({ 'in/groups.yaml': stream(FEWER, TIDB_GROUP) });
    const refused = sandbox.groups(['render', 'in', 'out']);
    expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(
      /^in\/groups\.yaml:9:13: error: TiKVGroup db\/hot: .*\[danger-unconfirmed\]$/m,
    );
  });

  test('keeps the number of its servers until somebody confirms that an autoscaler gets it', () => {
    const sandbox = new Sandbox(MANIFESTS);
    sandbox.groups(RENDER);
    const scaled = TIDB_GROUP.replace(
      'metadata:\n',
      'metadata:\n  annotations:\n    groups.pingcap.com/autoscaled: "true"\n',
    );
    sandbox.write({ 'in/groups.yaml': stream(TIKV_GROUP, scaled) });
    const refused = sandbox.groups(RENDER);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(
      /^in\/groups\.yaml:23:13: error: TiDBGroup db\/web: .*\(`replicas-handed-over`\)/m,
    );
    const [, line = ''] = /(groups\.pingcap\.com\/confirm: "[^"]*")/.exec(refused.stderr) ?? [];
    const meant = scaled.replace('annotations:\n', `annotations:\n    ${line}\n`);
    sandbox.write({ 'in/groups.yaml': stream(TIKV_GROUP, meant) });
    expect(sandbox.groups(RENDER)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(sandbox.read('out/db/statefulset_web-tidb.yaml')).not.toContain('replicas:');
  });

  test('is no change of anything where it is validated alone', () => {
    const sandbox = new Sandbox(MANIFESTS);
    sandbox.groups(RENDER);
    expect(sandbox.groups(['validate', 'out']).status).toBe(0);
  });
});

describeWith([KUSTOMIZE_5], 'a build', (kustomize) => {
  test('has no earlier state: what a layer below expanded is expanded again', () => {
    const sandbox = new Sandbox({
      'base/kustomization.yaml': 'resources: [cluster.yaml, hot.yaml]\ntransformers: [expand.yaml]\n',
      'base/cluster.yaml': CLUSTER,
      'base/hot.yaml': TIKV_GROUP,
      'base/expand.yaml': EXPAND,
      'small/kustomization.yaml':
        'resources: [../base]\npatches: [{path: fewer.yaml}]\ntransformers: [expand.yaml]\n',
      'small/fewer.yaml': FEWER,
      'small/expand.yaml': EXPAND,
    });
    const { status, stdout, stderr } = sandbox.run(kustomize, [
      'build',
      '--enable-alpha-plugins',
      '--enable-exec',
      'small',
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('  replicas: 2\n');
  });
});

describe('a list with files, as kpt hands it over', () => {
  const filed = (resource: string, path: string) =>
    resource.replace('metadata:\n', `metadata:\n  annotations:\n    config.kubernetes.io/path: ${path}\n`);
  const list = async (group: string) => {
    const first = await run(
      Buffer.from(resourceList(filed(CLUSTER, 'cluster.yaml'), filed(tikvGroup('hot', 'basic'), 'hot.yaml'))),
    );
    const text = [...first.output].map((piece) => Buffer.from(piece).toString('utf8')).join('');
    return text.replace('replicas: 3\n    requests:\n      storage: 200Gi', group);
  };

  test('says all that is dangerous in one line to write', async () => {
    const { messages, failed } = await run(
      Buffer.from(await list('replicas: 1\n    requests:\n      storage: 100Gi')),
    );
    expect(failed).toBe(true);
    const lines = messages.map((message) => /write `([^`]*)`/.exec(message)?.[1]);
    expect(messages.map((message) => /dangerous \(`(.*?)`\)/.exec(message)?.[1]).sort()).toEqual([
      'quorum-at-risk',
      'store-scale-in',
      'volume-shrunk',
    ]);
    expect(new Set(lines).size).toBe(1);
    expect(lines[0]).toMatch(/^groups\.pingcap\.com\/confirm: "(?:[a-z-]+@\w+, ){2}[a-z-]+@\w+"$/);
  });

  test('with nothing changed has nothing to say', async () => {
    const { messages, failed } = await run(
      Buffer.from(await list('replicas: 3\n    requests:\n      storage: 200Gi')),
    );
    expect({ messages, failed }).toEqual({ messages: [], failed: false });
  });
});

describe('many dangers for one resource', () => {
  const service = (index: number) =>
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: s${index}\n  namespace: db\n  annotations:\n    groups.pingcap.com/generated-by: TiDBGroup/web\nspec: {ports: [{port: 4000}]}\n`;
  const without = (count: number, group: string) =>
    run(
      Buffer.from(
        resourceList(CLUSTER, group, ...Array.from({ length: count }, (_, index) => service(index))),
      ),
    );

  test.each([20, 21, 60])(
    '%i: one line confirms all of them, and each message has its own part',
    async (count) => {
      const { messages } = await without(count, TIDB_GROUP);
      expect(messages.length).toBe(count);
      const [first = '', ...others] = messages;
      const tokens = first.match(/service-removed@\w+/g) ?? [];
      expect(new Set(tokens).size).toBe(count);
      for (const [index, message] of others.entries()) {
        if (count <= 20) expect(message).toContain(tokens.join(', '));
        else
          expect(message).toContain(
            `write \`${tokens[index + 1]}\` too into \`groups.pingcap.com/confirm\` under`,
          );
      }
      expect((await without(count, confirmed(TIDB_GROUP, first))).messages).toEqual([]);
    },
  );
});
