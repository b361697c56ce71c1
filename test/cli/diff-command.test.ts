import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { CLUSTER, configMap, stream, TIDB_GROUP, TIKV_GROUP, tidbGroup } from '../support/basic.ts';
import { kptfile, rendered } from '../support/kpt.ts';
import { Sandbox } from '../support/sandbox.ts';
import { describeWith, KPT, SCRIPT } from '../support/tools.ts';

const ALL = stream(CLUSTER, TIKV_GROUP, TIDB_GROUP);
const SAFE = ALL.replace('replicas: 2\n', 'replicas: 3\n');
const DANGEROUS = ALL.replace(
  'replicas: 3\n  requests:\n    storage: 200Gi',
  'replicas: 2\n  requests:\n    storage: 200Gi',
);
const BROKEN = ALL.replace('name: basic\n  replicas', 'name: nobody\n  replicas');

const firstLine = (text: string) => text.split('\n')[0];

describe('the exit status', () => {
  test.each([
    ['nothing changes', ALL, 0, 'Nothing changes (4 workloads)'],
    ['a safe change', SAFE, 3, '4 workloads: 1 scaled, 3 unchanged'],
    ['a dangerous change', DANGEROUS, 4, '1 danger; 4 workloads: 1 scaled, 3 unchanged'],
    ['what is of no group or cluster', stream(ALL, configMap('a')), 0, 'Nothing changes (4 workloads)'],
    ['an error', BROKEN, 1, ''],
  ])('of %s', (_, now, status, first) => {
    const sandbox = new Sandbox({ 'old.yaml': ALL, 'new/all.yaml': now });
    const ran = sandbox.groups(['diff', 'old.yaml', 'new']);
    expect({ status: ran.status, first: firstLine(ran.stdout) }).toEqual({ status, first });
    expect(ran.stderr === '').toBe(status !== 1);
  });

  test.each([
    [['diff', 'old.yaml'], /missing required argument 'new'/],
    [['diff', '-', '-'], /only one of OLD and NEW can be standard input/],
    [['diff', 'old.yaml', 'nowhere'], /"nowhere" must be a file or a directory/],
    [['diff', '-o', 'xml', 'old.yaml', 'old.yaml'], /xml/],
    [
      ['diff', 'git:nothing', 'old.yaml'],
      /"nothing" must be a branch, tag or commit|must be in a git repository/,
    ],
  ])('of a call that cannot work is 2: %j', (args, message) => {
    const { status, stdout, stderr } = new Sandbox({ 'old.yaml': ALL }).groups(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('a side', () => {
  test('may be rendered, a stream, or a ResourceList; it stays the same thing', () => {
    const sandbox = new Sandbox({ 'in/all.yaml': ALL });
    sandbox.groups(['render', '-o', 'out', 'in']);
    const { stdout: input } = sandbox.groups(['render', 'in']);
    for (const [old, now] of [
      ['in', 'out'],
      ['out', 'in'],
      ['-', 'in'],
      ['out', '-'],
    ]) {
      const ran = sandbox.groups(['diff', old ?? '', now ?? ''], { input });
      expect({ status: ran.status, stdout: ran.stdout }).toEqual({
        status: 0,
        stdout:
          'Nothing changes (4 workloads)\n\nunchanged: TidbCluster db/basic: pd, TidbCluster db/basic: tikv, TiKVGroup db/hot, TiDBGroup db/web\n',
      });
    }
  });

  test('that is rendered is told by the fields of its StatefulSet', () => {
    const sandbox = new Sandbox({ 'in/all.yaml': ALL });
    sandbox.groups(['render', '-o', 'out', 'in']);
    sandbox.write({
      'in/all.yaml': stream(CLUSTER, TIKV_GROUP, tidbGroup('web', 'basic', '  schedulerName: own\n')),
    });
    const { status, stdout } = sandbox.groups(['diff', 'out', 'in']);
    expect(status).toBe(3);
    expect(stdout).toContain(
      'spec.template.spec.schedulerName of StatefulSet web-tidb: unset → "own"  restarts the pods',
    );
  });

  test('may be a revision, with a path or with that of the other side', () => {
    const sandbox = new Sandbox({ 'deploy/all.yaml': ALL });
    const git = (...args: string[]) => {
      const ran = sandbox.run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args]);
      expect(ran.status, ran.stderr).toBe(0);
    };
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-q', '-m', 'first');
    sandbox.write({ 'deploy/all.yaml': SAFE });
    git('commit', '-q', '-a', '-m', 'second');
    for (const [args, cwd, status] of [
      [['git:HEAD', 'deploy'], '.', 0],
      [['git:HEAD~1', 'deploy'], '.', 3],
      [['git:HEAD~1', sandbox.path('deploy')], '.', 3],
      [['git:HEAD~1', '.'], 'deploy', 3],
      [['git:HEAD~1:deploy', 'git:HEAD:deploy/all.yaml'], '.', 3],
      [['git:HEAD~1:./all.yaml', 'git:HEAD'], 'deploy', 3],
      [['git:HEAD~1:deploy', 'git:HEAD~1'], '.', 0],
    ] as [string[], string, number][]) {
      const ran = sandbox.groups(['diff', ...args], { cwd });
      expect({ args, status: ran.status, stderr: ran.stderr }).toEqual({ args, status, stderr: '' });
    }
  });

  test('that a revision does not have counts as empty', () => {
    const sandbox = new Sandbox({ 'a.txt': 'a' });
    for (const args of [
      ['init', '-q'],
      ['add', '.'],
      ['-c', 'user.name=a', '-c', 'user.email=a@e', 'commit', '-qm', 'a'],
    ])
      sandbox.run('git', args);
    sandbox.write({ 'deploy/all.yaml': ALL });
    const { status, stdout, stderr } = sandbox.groups(['diff', 'git:HEAD', 'deploy']);
    expect({ status, first: firstLine(stdout) }).toEqual({ status: 3, first: '4 workloads: 4 created' });
    expect(stderr).toContain('it counts as empty');
  });
});

describeWith([KPT], 'a package', (kpt) => {
  test('is what it is rendered into, before and after the render', () => {
    const files = {
      'package/Kptfile': kptfile('db'),
      'package/cluster.yaml': CLUSTER,
      'package/hot.yaml': TIKV_GROUP,
    };
    const sandbox = new Sandbox(files);
    sandbox.run('cp', ['-r', 'package', 'source']);
    rendered(sandbox, kpt);
    expect(sandbox.groups(['diff', 'source', 'package']).status).toBe(0);
    sandbox.run('cp', ['-r', 'package', 'before']);
    sandbox.remove('package/hot.yaml');
    const { status, stdout } = sandbox.groups(['diff', 'before', 'package']);
    expect(status).toBe(4);
    expect(stdout).toContain('DANGER store-removal');
  });
});

describe('a danger that is confirmed', () => {
  test('is still said, as confirmed, and is a danger still', () => {
    const sandbox = new Sandbox({ 'old.yaml': ALL, 'new.yaml': DANGEROUS });
    const asked = sandbox.groups(['diff', 'old.yaml', 'new.yaml']).stdout;
    const [, line = ''] = /TiKVGroup db\/hot \(metadata\.annotations\):\n {2}(.*)\n/.exec(asked) ?? [];
    expect(line).toMatch(/^groups\.pingcap\.com\/confirm: "store-scale-in@\w+"$/);
    sandbox.write({
      'new.yaml': DANGEROUS.replace('  name: hot\n', `  name: hot\n  annotations:\n    ${line}\n`),
    });
    const { status, stdout } = sandbox.groups(['diff', 'old.yaml', 'new.yaml']);
    expect(status).toBe(4);
    expect(stdout).toContain('Confirmed in TiKVGroup db/hot.');
    expect(stdout).not.toContain('If this is meant');
  });
});

describe('the JSON', () => {
  const check = new Ajv({ allErrors: true, strict: false }).compile(
    JSON.parse(readFileSync(new URL('../../docs/diff.schema.json', import.meta.url), 'utf8')),
  );

  test.each([
    ['of nothing', ALL, 'unchanged'],
    ['of a safe change', SAFE, 'changed'],
    ['of a dangerous change', DANGEROUS, 'dangerous'],
    [
      'of much',
      DANGEROUS.replaceAll('8.5.7', '8.1.0').replace('timezone: UTC', 'timezone: Asia/Tokyo'),
      'dangerous',
    ],
    ['of a removal', stream(CLUSTER, TIDB_GROUP), 'dangerous'],
  ])('%s fits its schema', (_, now, verdict) => {
    const sandbox = new Sandbox({ 'old.yaml': ALL, 'new.yaml': now });
    const plan = JSON.parse(sandbox.groups(['diff', '-o', 'json', 'old.yaml', 'new.yaml']).stdout);
    check(plan);
    expect(check.errors ?? []).toEqual([]);
    expect(plan.verdict).toBe(verdict);
  });
});

describeWith([SCRIPT], 'on a terminal', (script) => {
  test('there are colors, unless NO_COLOR is set or nobody sees them', () => {
    const sandbox = new Sandbox({ 'old.yaml': ALL, 'new.yaml': DANGEROUS });
    const shown = (command: string, env = {}) =>
      sandbox.run(script, ['-qec', command, '/dev/null'], { env }).stdout;
    expect(shown('tidb-groups diff old.yaml new.yaml')).toContain(
      '\u001b[1;31mDANGER store-scale-in\u001b[0m',
    );
    expect(shown('tidb-groups diff old.yaml new.yaml', { NO_COLOR: '1' })).not.toContain('\u001b');
    expect(shown('tidb-groups diff old.yaml new.yaml | cat')).not.toContain('\u001b');
  });
});
