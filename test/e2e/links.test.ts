import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CLUSTER, configMap, TIKV_GROUP } from '../support/basic.ts';
import { EXPAND } from '../support/kustomize.ts';
import { inTurn } from '../support/runs.ts';
import { type Files, Sandbox } from '../support/sandbox.ts';
import { BASH, GIT } from '../support/tools.ts';

const SECRET = 'token: who-reads-this-has-lost\n';

/** A directory to read, and beside it files that must not be read. */
const FILES: Files = {
  'in/cluster.yaml': CLUSTER,
  'in/groups.yaml': TIKV_GROUP,
  'home/kubeconfig': SECRET,
  'home/secret.yaml': SECRET,
  'home/more/config.yaml': EXPAND,
};

function sandboxWith(links: Readonly<Record<string, string>>, files: Files = FILES): Sandbox {
  const sandbox = new Sandbox(files);
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(sandbox.path(path)), { recursive: true });
    symlinkSync(target, sandbox.path(path));
  }
  return sandbox;
}

const COMMANDS: readonly (readonly string[])[] = [
  ['render'],
  ['render', '-o', 'out'],
  ['validate'],
  ['validate', '--rendered'],
  ['diff', 'in/cluster.yaml'],
  ['graph'],
  ['list'],
  ['adopt'],
  ['convert', '--to', 'v2'],
];

/** Links that lead out of the directory that is read, and what of it is named. */
const LEAD_OUT: readonly [what: string, links: Readonly<Record<string, string>>, path: string][] = [
  ['a file among others', { 'in/more.yaml': '../home/secret.yaml' }, 'in'],
  ['a file of another name', { 'in/more.yaml': '../home/kubeconfig' }, 'in'],
  ['a Kptfile', { 'in/Kptfile': '../home/secret.yaml' }, 'in'],
  ['a directory', { 'in/more': '../home' }, 'in'],
  ['a directory by its whole path', { 'in/more': '/etc' }, 'in'],
  ['a directory further down', { 'in/a/b/more': '../../../home' }, 'in'],
  ['a link to a link', { 'in/more.yaml': 'next.yaml', 'in/next.yaml': '../home/secret.yaml' }, 'in'],
  ['the directory above', { 'in/more': '..' }, 'in'],
  ['the file that is named', { 'in/more.yaml': '../home/secret.yaml' }, 'in/more.yaml'],
  ['the directory that is named', { 'in/more': '../home' }, 'in/more'],
  ['the directory that is named with a slash', { 'in/more': '../home' }, 'in/more/'],
];

describe.each([...COMMANDS.entries()])('%i: %j', (turn, command) => {
  test.each(inTurn(LEAD_OUT, turn, 3))(
    'reads nothing through a link that leads out: %s',
    (_, links, path) => {
      const sandbox = sandboxWith(links);
      const { status, stdout, stderr } = sandbox.groups([...command, path]);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(/^error: "in\/.*" must not .*link/);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(stderr).not.toContain('token');
      expect(sandbox.exists('out')).toBe(false);
    },
  );

  test('follows links that stay, and is not led in circles', () => {
    const plain = new Sandbox(FILES).groups([...command, 'in']);
    const links = {
      'in/loop': '.',
      'in/sub/up': '../sub',
      'in/README.md': '/etc/passwd',
      'in/gone.md': 'nowhere',
    };
    const { status, stdout } = sandboxWith(links).groups([...command, 'in']);
    expect({ status, stdout }).toEqual({ status: plain.status, stdout: plain.stdout });
  });
});

test('a path above which there are links is as good as any, and so is a link that stays in its directory', () => {
  const sandbox = sandboxWith({ current: 'in', 'elsewhere/here': '..' });
  const { stdout } = sandbox.groups(['render', 'in']);
  for (const path of ['current', 'current/', 'elsewhere/here/in', './elsewhere/here/current/../in']) {
    expect(sandbox.groups(['render', path])).toEqual({ status: 0, stdout, stderr: '' });
  }
});

test.skipIf(BASH.path === undefined)('a descriptor of the shell is read, wherever it leads', () => {
  const sandbox = new Sandbox(FILES);
  const { stdout } = sandbox.groups(['render', 'in/cluster.yaml']);
  for (const line of [
    'tidb-groups render <(cat in/cluster.yaml)',
    'tidb-groups render /dev/stdin <in/cluster.yaml',
    'cat in/cluster.yaml | tidb-groups render /dev/stdin',
  ]) {
    expect(sandbox.run('bash', ['-c', line])).toEqual({ status: 0, stdout, stderr: '' });
  }
});

test.each(['render', 'validate', 'graph', 'list'])(
  '%s takes no config through a link that leads out',
  (command) => {
    const sandbox = sandboxWith({ 'in/config.yaml': '../home/more/config.yaml' });
    const { status, stdout, stderr } = sandbox.groups([
      command,
      '--config',
      'in/config.yaml',
      'in/cluster.yaml',
    ]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('"in/config.yaml" must not be a link');
  },
);

describe('`render -o` writes through no link:', () => {
  test.each<[what: string, links: Readonly<Record<string, string>>]>([
    ['the directory itself', { out: '..' }],
    ['the directory of a namespace', { 'out/db': '../home' }],
    ['a file', { 'out/db/configmap_hot-tikv.yaml': '../../home/kubeconfig' }],
    ['a file that is nowhere yet', { 'out/db/configmap_hot-tikv.yaml': '../../home/new.yaml' }],
    ['the list of files', { 'out/.tidb-groups': '../home/kubeconfig' }],
  ])('%s', (_, links) => {
    const sandbox = sandboxWith(links);
    const before = sandbox.files('home');
    const { status, stdout, stderr } = sandbox.groups(['render', '-o', 'out', 'in']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/link|does not exist/);
    expect(sandbox.files('home')).toEqual(before);
  });

  test('but where the directory is a link that stays in its own, that is filled', () => {
    const sandbox = sandboxWith({ out: 'rendered' }, { ...FILES, 'rendered/README.md': 'mine\n' });
    expect(sandbox.groups(['render', '-o', 'out', 'in']).status).toBe(0);
    expect(sandbox.read('rendered/db/tidbcluster_basic.yaml')).toContain('kind: TidbCluster');
    expect(sandbox.read('rendered/README.md')).toBe('mine\n');
  });
});

describe.skipIf(GIT.path === undefined)('a revision', () => {
  const git = (sandbox: Sandbox, ...args: readonly string[]) => {
    const { status, stderr } = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
      cwd: sandbox.root,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
  };

  test.each([
    ['out of the repository', '/etc/passwd'],
    ['out of the repository from below', '../../../../../../etc/passwd'],
    ['nowhere', 'nothing.yaml'],
    ['to itself', 'more.yaml'],
  ])('has no link that leads %s', (_, target) => {
    const sandbox = sandboxWith({ 'in/more.yaml': target });
    git(sandbox, 'init', '--quiet', '--initial-branch=main');
    git(sandbox, 'add', '.');
    git(sandbox, 'commit', '--quiet', '--message=Start');
    const { status, stdout, stderr } = sandbox.groups(['diff', 'git:main:in', 'in/cluster.yaml']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: "in\/more\.yaml" in "main" must be a file, but is a link/);
  });

  test('has links that stay in it', () => {
    const sandbox = sandboxWith(
      { 'in/more.yaml': 'sub/settings.yml' },
      { ...FILES, 'in/sub/settings.yml': configMap('a') },
    );
    git(sandbox, 'init', '--quiet', '--initial-branch=main');
    git(sandbox, 'add', '.');
    git(sandbox, 'commit', '--quiet', '--message=Start');
    const { status, stderr } = sandbox.groups(['diff', 'git:main:in', 'in']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
