import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CLUSTER, cluster, configMap, stream, TIKV_GROUP } from '../support/basic.ts';
import { build } from '../support/kustomize.ts';
import { readYaml, titleOf } from '../support/read-yaml.ts';
import { inTurn, runs } from '../support/runs.ts';
import { type Ran, Sandbox } from '../support/sandbox.ts';
import { describeWith, KPT, KUSTOMIZES, OPERATOR_EXAMPLES } from '../support/tools.ts';

const TOOLS = ['kustomize', 'kpt'] as const;

/** The workloads of the two groups that join a cluster. */
function workloadsFor(name: string, namespace: string): string[] {
  return [
    `StatefulSet ${namespace}/${name}-analytics-tidb`,
    `StatefulSet ${namespace}/${name}-hot-tikv`,
    `TidbCluster ${namespace}/${name}`,
  ];
}

function workloadsIn(text: string): string[] {
  const titles = readYaml(text).map(titleOf);
  return titles.filter((title) => /^(?:StatefulSet|TidbCluster|T\w+Group|Expand\w+) /.test(title)).sort();
}

function isSound(ran: Ran): void {
  expect(ran).toEqual({ status: 0, stdout: expect.stringMatching(/^no problems in /), stderr: '' });
}

/** Starts a directory, which must work. */
function start(sandbox: Sandbox, args: readonly string[], input = ''): void {
  expect(sandbox.groups(['init', ...args], { input })).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/^now run: /m),
  });
}

describeWith(inTurn(KUSTOMIZES, 2), 'a new directory', (kustomize) => {
  test('builds at once, and says so itself', () => {
    const sandbox = new Sandbox();
    sandbox.addProgram('kustomize', `exec '${kustomize}' "$@"\n`);
    const { status, stderr } = sandbox.groups(['init', 'my database']);
    expect(status).toBe(0);
    const [, command = ''] = /^now run: (.*)$/m.exec(stderr) ?? [];
    const ran = sandbox.run('sh', ['-c', command]);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(workloadsIn(ran.stdout)).toEqual(workloadsFor('basic', 'tidb'));
    isSound(sandbox.groups(['validate', '--strict', '--rendered', '-'], { input: ran.stdout }));
  });

  test('fails where kustomize is not allowed to run the function', () => {
    const sandbox = new Sandbox();
    start(sandbox, ['.']);
    const { status, stdout } = sandbox.run(kustomize, ['build', '--enable-alpha-plugins', '.']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });

  test('still builds when one of the groups is deleted', () => {
    const sandbox = new Sandbox();
    start(sandbox, ['.']);
    const kustomization = sandbox.read('kustomization.yaml');
    sandbox.write({ 'kustomization.yaml': kustomization.replace('- hot.yaml\n', '') });
    const { status, stdout } = build(sandbox, kustomize);
    expect(status).toBe(0);
    expect(workloadsIn(stdout)).toEqual(['StatefulSet tidb/basic-analytics-tidb', 'TidbCluster tidb/basic']);
  });

  test('builds from a cluster whose names look like other values', () => {
    const sandbox = new Sandbox({ 'mine.yaml': cluster('"true"', '"34"') });
    start(sandbox, ['--from', 'mine.yaml', 'new']);
    const { status, stdout } = build(sandbox, kustomize, 'new');
    expect(status).toBe(0);
    expect(workloadsIn(stdout)).toEqual(workloadsFor('true', '34'));
  });
});

describeWith([KPT], 'a new package', (kpt) => {
  test('renders at once, and a second time without a change', () => {
    const sandbox = new Sandbox();
    start(sandbox, ['--for', 'kpt', 'database']);
    const written = sandbox.files('database');
    const render = () => sandbox.run(kpt, ['fn', 'render', '--allow-exec', 'database']).status;
    expect(render()).toBe(0);
    const files = sandbox.files('database');
    expect(Object.keys(files)).toEqual(
      [...Object.keys(written), 'basic-analytics-tidb.yaml', 'basic-hot-tikv.yaml'].sort(),
    );
    for (const [file, text] of Object.entries(written)) {
      for (const comment of text.match(/#.*/g) ?? []) expect(files[file]).toContain(comment);
    }
    expect(render()).toBe(0);
    expect(sandbox.files('database')).toEqual(files);
    isSound(sandbox.groups(['validate', '--strict', 'database']));
  });
});

describe.each(TOOLS)('for %s, our own commands', (tool) => {
  test('read the directory without a message', () => {
    const sandbox = new Sandbox();
    start(sandbox, ['--for', tool]);
    isSound(sandbox.groups(['validate', '--strict', '.']));
    const { status, stdout, stderr } = sandbox.groups(['render', '--strict', '.']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(workloadsIn(stdout)).toEqual(workloadsFor('basic', 'tidb'));
  });
});

describe('from a cluster that is there', () => {
  const MINE = stream(`# ours\n${CLUSTER}`, configMap('settings'), TIKV_GROUP);

  test('the file is copied as it is', () => {
    const sandbox = new Sandbox({ 'mine.yaml': MINE });
    start(sandbox, ['--from', 'mine.yaml', 'new']);
    expect(sandbox.read('new/cluster.yaml')).toBe(MINE);
    isSound(sandbox.groups(['validate', '--strict', 'new']));
  });

  test('the file stays where it is if it is in the directory', () => {
    const sandbox = new Sandbox({ 'mine.yaml': MINE });
    start(sandbox, ['--from', './mine.yaml']);
    expect(sandbox.exists('cluster.yaml')).toBe(false);
    expect(sandbox.read('mine.yaml')).toBe(MINE);
    expect(readYaml(sandbox.read('kustomization.yaml'))[0]?.resources).toContain('mine.yaml');
  });

  test('it is read from standard input', () => {
    const sandbox = new Sandbox();
    start(sandbox, ['--from', '-'], MINE);
    expect(sandbox.read('cluster.yaml')).toBe(MINE);
  });

  test('groups have what its servers have, but for what is no use to them', () => {
    const own = '    baseImage: mirror.example/tikv\n    storageClassName: nvme\n';
    const text = CLUSTER.replace('    baseImage: pingcap/tikv\n', own).concat('    maxFailoverCount: 3\n');
    const sandbox = new Sandbox({ 'mine.yaml': text });
    const { stderr } = sandbox.groups(['init', '--from', 'mine.yaml', 'new']);
    const [{ spec } = {}] = readYaml(sandbox.read('new/hot.yaml'));
    expect(spec).toEqual({
      cluster: { name: 'basic', namespace: 'db' },
      replicas: 3n,
      baseImage: 'mirror.example/tikv',
      storageClassName: 'nvme',
      requests: { storage: '100Gi' },
      config: '',
    });
    expect(stderr).toContain('note: the TiKVGroup is without `spec.maxFailoverCount`');
  });

  test('and what is no use to a group that is there says nothing of new ones', () => {
    const own = '  maxFailoverCount: 3\n  networkPolicy: {}\n  hostNetwork: true\n';
    const text = stream(CLUSTER.replace('  tikv:\n', '  tikv:\n    hostNetwork: false\n'), TIKV_GROUP + own);
    const sandbox = new Sandbox({ 'mine.yaml': text });
    const { stderr } = sandbox.groups(['init', '--from', 'mine.yaml', 'new']);
    expect(stderr).toContain('`spec.networkPolicy` has no effect');
    expect(stderr).not.toContain('note: ');
    expect(readYaml(sandbox.read('new/hot.yaml'))[0]?.spec).toMatchObject({ hostNetwork: false });
  });
});

describeWith([OPERATOR_EXAMPLES], 'clusters', (directory) => {
  test('that are sound start a directory that is sound', () => {
    const texts = readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml'))
      .sort()
      .flatMap((file) => readFileSync(join(directory, file), 'utf8').split(/^---.*$/m))
      .filter((text) => /^kind: TidbCluster\s*$/m.test(text) && !/^ {2}cluster:/m.test(text));
    expect(texts.length).toBeGreaterThan(35);
    let sound = 0;
    const tried = texts.slice(0, runs(texts.length));
    for (const [index, text] of tried.entries()) {
      const sandbox = new Sandbox({ 'mine.yaml': text });
      if (sandbox.groups(['validate', '--strict', 'mine.yaml']).status !== 0) continue;
      sound++;
      const tool = TOOLS[index % 2] ?? 'kpt';
      start(sandbox, ['--for', tool, '--from', 'mine.yaml', 'new']);
      expect(sandbox.groups(['validate', '--strict', 'new']), text).toMatchObject({ status: 0 });
    }
    expect(sound).toBeGreaterThanOrEqual(Math.floor(tried.length / 3));
  });
});

test('what was rendered is no start: the TidbCluster alone is', () => {
  const sandbox = new Sandbox();
  const { stdout } = sandbox.groups(['render', '-'], { input: stream(CLUSTER, TIKV_GROUP) });
  sandbox.write({ 'in/rendered.yaml': stdout });
  expect(sandbox.groups(['init', '--from', 'in/rendered.yaml', 'out'])).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^error: "in\/rendered\.yaml" .* give the TidbCluster alone\n$/),
  });
  expect(sandbox.exists('out')).toBe(false);
  const [alone = ''] = stdout.split('---\n').filter((text) => text.includes('kind: TidbCluster'));
  sandbox.write({ 'in/alone.yaml': alone });
  start(sandbox, ['--from', 'in/alone.yaml', 'out']);
});

describe('nothing is written', () => {
  test.each<[why: string, files: Readonly<Record<string, string>>, args: readonly string[], says: string]>([
    ['beside manifests', { 'a.yaml': CLUSTER }, [], 'but has "a.yaml"'],
    ['beside a Kptfile', { Kptfile: '' }, ['--for', 'kpt'], 'but has "Kptfile"'],
    ['beside a kustomization', { Kustomization: '' }, [], 'but has "Kustomization"'],
    ['beside others', { 'a.yaml': CLUSTER, 'b.yaml': '' }, ['--from', 'a.yaml'], 'but has "b.yaml"'],
    ['over itself', { 'hot.yaml': CLUSTER }, ['--from', 'hot.yaml'], '"hot.yaml" must have another name'],
    ['from nothing', {}, ['--from', 'none.yaml'], 'it does not exist'],
    [
      'from two',
      { 'in/a.yaml': stream(CLUSTER, cluster('b')) },
      ['--from', 'in/a.yaml', 'out'],
      'more than one',
    ],
    [
      'from a directory',
      { 'in/a.yaml': CLUSTER, 'in/b.yaml': TIKV_GROUP },
      ['--from', 'in', 'out'],
      'more than one',
    ],
    ['from a group', { 'in/a.yaml': TIKV_GROUP }, ['--from', 'in/a.yaml', 'out'], 'but has none'],
    ['into a file', { 'in/a.yaml': CLUSTER, out: '' }, ['out'], 'part of its path is not a directory'],
  ])('%s', (_, files, args, says) => {
    const sandbox = new Sandbox(files);
    const { status, stdout, stderr } = sandbox.groups(['init', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(sandbox.files()).toEqual(files);
  });

  test('from a cluster that is wrong', () => {
    const files = { 'mine.yaml': CLUSTER.replace('replicas: 3', 'replicas: three') };
    const sandbox = new Sandbox(files);
    const { status, stderr } = sandbox.groups(['init', '--from', 'mine.yaml', 'new']);
    expect(status).toBe(1);
    expect(stderr).toContain('"three"');
    expect(sandbox.files()).toEqual(files);
  });
});
