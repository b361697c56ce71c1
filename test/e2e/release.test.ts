import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { CLUSTER, resourceList, TIKV_GROUP } from '../support/basic.ts';
import { readProject } from '../support/ci.ts';
import { TRIES_ALL } from '../support/runs.ts';
import { Sandbox } from '../support/sandbox.ts';
import { ACTIONLINT, describeWith, GIT, NEWER_NODES } from '../support/tools.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const WORKFLOW = readProject('.github/workflows/release.yaml');

console.log(
  'not run here: the release workflow, which publishes; what it runs is run here as far as it can be',
);

function run(program: string, args: readonly string[], cwd = ROOT) {
  return spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
}

describe('the release workflow', () => {
  const { jobs }: { jobs: Record<string, { steps: { uses?: string; run?: string }[] }> } = parse(WORKFLOW);
  const steps = Object.values(jobs).flatMap(({ steps: its }) => its);

  test.skipIf(ACTIONLINT.path === undefined)('is as actionlint wants it', () => {
    const sandbox = new Sandbox({ '.github/workflows/release.yaml': WORKFLOW, '.git/HEAD': '' });
    // This version of actionlint does not know the label yet.
    const newer = ['-ignore', 'label "macos-15-intel" is unknown'];
    const ran = sandbox.run(ACTIONLINT.path ?? '', ['-shellcheck=', '-pyflakes=', '-no-color', ...newer]);
    expect(ran).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('pins every action by its commit, and says its version', () => {
    const uses = [...WORKFLOW.matchAll(/uses: (.*)$/gm)].map(([, text = '']) => text);
    expect(uses.length).toBeGreaterThan(10);
    for (const text of uses) expect(text).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const commits = new Map(uses.map((text) => [text.split('@')[0], text]));
    expect(commits.size).toBe(new Set(uses).size);
  });

  test('runs no expression as part of a script', () => {
    for (const { run: script = '' } of steps) expect(script).not.toContain('${{');
  });

  test('runs scripts of the package that there are', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(readProject('package.json'));
    const named = steps.flatMap(({ run: script = '' }) => [
      ...script.matchAll(/npm run (?:--silent )?(\w+)/g),
    ]);
    expect(new Set(named.map(([, name]) => name))).toEqual(new Set(['single', 'build', 'krew', 'sbom']));
    for (const [, name = ''] of named) expect(scripts).toHaveProperty(name);
  });
});

describe('the SBOM', () => {
  test('has the packages that the lock file has for users, and no others', () => {
    const { status, stdout } = run('npm', ['run', '--silent', 'sbom']);
    expect(status).toBe(0);
    const { packages }: { packages: { name: string; versionInfo: string }[] } = JSON.parse(stdout);
    const lock: { packages: Record<string, { version: string; dev?: true }> } = JSON.parse(
      readProject('package-lock.json'),
    );
    const locked = Object.entries(lock.packages)
      .filter(([path, { dev }]) => path !== '' && dev === undefined)
      .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`);
    const named = packages.map(({ name, versionInfo }) => `${name}@${versionInfo}`);
    expect(named.filter((name) => !name.startsWith('tidb-groups@')).sort()).toEqual(locked.sort());
  });
});

describe('the tarball for npm', () => {
  function pack(): { directory: string; file: string } {
    const directory = mkdtempSync(join(tmpdir(), 'tidb-groups-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    expect(run('npm', ['pack', '--ignore-scripts', '--pack-destination', directory]).status).toBe(0);
    return { directory, file: readdirSync(directory)[0] ?? '' };
  }

  test('holds the program and what it needs', () => {
    const { directory, file } = pack();
    const { stdout } = run('tar', ['-tzf', join(directory, file)]);
    const others = stdout
      .trimEnd()
      .split('\n')
      .map((path) => path.replace(/^package\//, ''))
      .filter((path) => !/^dist\/library\/|^functions\/(?:expand|validate)-tidb-groups\//.test(path));
    expect(others.sort()).toEqual([
      'LICENSE',
      'README.md',
      'dist/package.json',
      'dist/tidb-groups',
      'package.json',
    ]);
  });

  test.runIf(TRIES_ALL)('is the same twice', () => {
    const [first, second] = [pack(), pack()].map(({ directory, file }) =>
      readFileSync(join(directory, file)),
    );
    expect(first).toEqual(second);
  });

  test('is all that npm pack prints, because pre-commit reads it from there', () => {
    expect(readProject('.npmrc')).toMatch(/^foreground-scripts=false$/m);
  });
});

describe('the commit', () => {
  const SCRIPT = `import { commitDefine } from '${ROOT}/scripts/build/commit.ts';\nconsole.log(JSON.parse(commitDefine().TIDB_GROUPS_COMMIT));\n`;
  const commitIn = (sandbox: Sandbox, cwd: string, env: Readonly<Record<string, string>> = {}) =>
    sandbox.run(
      process.execPath,
      ['--import', `${ROOT}/node_modules/tsx/dist/esm/index.mjs`, sandbox.path('ask.ts')],
      {
        cwd,
        env,
      },
    ).stdout;

  test.skipIf(GIT.path === undefined)('is that of the repository, and of no other around it', () => {
    const sandbox = new Sandbox({
      'ask.ts': SCRIPT,
      'outer/inner/file': 'a',
      'package.json': '{"type": "module"}',
    });
    const git = (...args: string[]) =>
      sandbox.run('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: 'outer' });
    expect(commitIn(sandbox, 'outer')).toBe('\n');
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '-m', 'x');
    const head = git('rev-parse', 'HEAD').stdout;
    expect(commitIn(sandbox, 'outer')).toBe(head);
    expect(commitIn(sandbox, 'outer/inner')).toBe('\n');
    sandbox.write({ 'outer/inner/file': 'b' });
    expect(commitIn(sandbox, 'outer')).toBe(`${head.trimEnd()} with changes\n`);
    expect(commitIn(sandbox, 'outer', { TIDB_GROUPS_COMMIT: 'abc' })).toBe('abc\n');
  });

  test('is what --version says', () => {
    const { version }: { version: string } = JSON.parse(readProject('package.json'));
    const { stdout } = new Sandbox().groups(['--version']);
    expect(stdout.slice(0, version.length)).toBe(version);
    expect(stdout.slice(version.length)).toMatch(/^(?: \(commit [0-9a-f]{40}(?: with changes)?\))?\n$/);
  });
});

/** Only from 25.5 on Node builds such executables by itself. */
const BUILDERS = NEWER_NODES.filter(({ name }) => name === 'node 26');

if (!TRIES_ALL) console.log('not run here: the single executable, which takes a while; .ci/run tries it');

describeWith(TRIES_ALL ? BUILDERS : [], 'the single executable', (node) => {
  function build(): { path: string; sum: string } {
    onTestFinished(() => rmSync(`${ROOT}/dist/single`, { recursive: true, force: true }));
    expect(run('npm', ['run', '--silent', 'single', '--', node]).status).toBe(0);
    const [file = ''] = readdirSync(`${ROOT}/dist/single`).filter((name) => !name.endsWith('.sha256'));
    return {
      path: `${ROOT}/dist/single/${file}`,
      sum: readFileSync(`${ROOT}/dist/single/${file}.sha256`, 'utf8'),
    };
  }

  test.runIf(TRIES_ALL)('is the same twice', () => expect(build()).toEqual(build()), 300_000);

  test('starts without Node, and does what the other does', () => {
    const { path } = build();
    expect(run('sha256sum', ['--check', `${path}.sha256`], `${ROOT}/dist/single`).status).toBe(0);
    const sandbox = new Sandbox({ 'in/all.yaml': `${CLUSTER}---\n${TIKV_GROUP}` });
    const alone = (args: readonly string[], input = '') =>
      sandbox.run(path, args, { input, env: { PATH: '' } });
    const cases: [args: readonly string[], input?: string][] = [
      [['--version']],
      [[], resourceList(CLUSTER, TIKV_GROUP)],
      [['render', 'in']],
      [['validate', 'in']],
      [['list', '-o', 'json', 'in']],
      [['graph', '-o', 'svg', 'in']],
      [['diff', 'in', 'in']],
      [['explain', 'store-scale-in']],
      [['crds']],
      [['policy']],
      [['sql', 'in']],
      [['render', 'nowhere']],
    ];
    for (const [args, input] of cases) {
      const expected = sandbox.groups(args, input === undefined ? {} : { input });
      // The executables that the tests run may be of another commit.
      const same = args[0] === '--version' ? /^\d+\.\d+\.\d+/.exec(expected.stdout)?.[0] : expected.stdout;
      const ran = alone(args, input);
      expect({ args, ...ran, stdout: args[0] === '--version' ? same : ran.stdout }).toEqual({
        args,
        ...expected,
        stdout: same,
      });
    }
  }, 300_000);
});
