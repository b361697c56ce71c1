import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CLUSTER, stream, TIKV_GROUP } from '../support/basic.ts';
import { TRIES_ALL } from '../support/runs.ts';
import { type Files, type Ran, Sandbox } from '../support/sandbox.ts';
import { describeWith, GIT, PRE_COMMIT } from '../support/tools.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const HOOKS = readFileSync(`${ROOT}/.pre-commit-hooks.yaml`, 'utf8');

const VALIDATE = 'tidb-groups-validate';
const RENDER = 'tidb-groups-render';

const SOUND: Files = {
  'deploy/all.yaml': stream(CLUSTER, TIKV_GROUP),
  'package.json': '{"name": "shop"}\n',
  'README.md': 'Hello\n',
};
const BROKEN = { 'deploy/all.yaml': stream(CLUSTER, TIKV_GROUP.replace('name: basic', 'name: basix')) };

/** How long npm may take to install what the hook needs, and the status of `timeout` after that. */
const SECONDS = '300';
const TIMED_OUT = 124;

if (!TRIES_ALL)
  console.log('not run here: an installation by pre-commit, which takes minutes; .ci/run tries it');

/** A repository with files that are to be committed. */
function repository(files: Files): Sandbox {
  const sandbox = new Sandbox(files);
  sandbox.run('git', ['init', '--quiet']);
  sandbox.run('git', ['add', '.']);
  return sandbox;
}

function home(sandbox: Sandbox) {
  return {
    env: { PRE_COMMIT_HOME: sandbox.path('.git/pre-commit'), HOME: process.env.HOME ?? sandbox.root },
  };
}

describe.skipIf(GIT.path === undefined)('the hooks', () => {
  describeWith([PRE_COMMIT], 'for a repository', (preCommit) => {
    test('are as pre-commit wants them', () => {
      const sandbox = new Sandbox({ 'hooks.yaml': HOOKS });
      expect(sandbox.run(preCommit, ['validate-manifest', 'hooks.yaml'], home(sandbox))).toMatchObject({
        status: 0,
      });
    });

    /** Runs a hook as a repository configures it, with the executable that is there instead of one that is installed. */
    function run(sandbox: Sandbox, hook: string, args = '', how = ['--all-files']): Ran {
      const hooks = HOOKS.replace(/^#.*\n/, '')
        .replaceAll('language: node', 'language: system')
        .split(/^(?=- id)/m)
        .filter((text) => text.startsWith(`- id: ${hook}\n`))
        .map((text) => (args === '' ? text : text.replace(/^ {2}args: .*$/m, `  args: ${args}`)));
      const config = `repos:\n- repo: local\n  hooks:\n${hooks.join('').replace(/^(?=.)/gm, '  ')}`;
      sandbox.write({ '.pre-commit-config.yaml': config });
      sandbox.run('git', ['add', '.']);
      return sandbox.run(preCommit, ['run', ...how], home(sandbox));
    }

    test.each([VALIDATE, RENDER])('%s passes where all is well, and names what it left out', (hook) => {
      const { status, stdout } = run(repository(SOUND), hook);
      expect(status, stdout).toBe(0);
      expect(stdout).toMatch(/\.Passed$/m);
    });

    test.each([VALIDATE, RENDER])('%s stops a commit with a group that cannot be rendered', (hook) => {
      const { status, stdout } = run(repository({ ...SOUND, ...BROKEN }), hook);
      expect(status).toBe(1);
      expect(stdout).toContain('deploy/all.yaml:');
      expect(stdout).toContain('[cluster-not-found]');
    });

    test.each([VALIDATE, RENDER])('%s reads only the directories that its args name', (hook) => {
      const sandbox = repository({ ...SOUND, 'other/broken.yaml': 'nonsense\n' });
      expect(run(sandbox, hook).status).toBe(1);
      expect(run(sandbox, hook, '[deploy]').status).toBe(0);
      expect(run(sandbox, hook, '[--ignore, other, .]').status).toBe(0);
    });

    test(`${VALIDATE} runs for manifests only`, () => {
      const sandbox = repository(BROKEN);
      sandbox.run('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '-m', 'x']);
      sandbox.write({ 'notes.txt': 'a\n' });
      sandbox.run('git', ['add', 'notes.txt']);
      expect(run(sandbox, VALIDATE, '', ['--files', 'notes.txt']).stdout).toContain('Skipped');
      expect(run(sandbox, VALIDATE, '', ['--files', 'deploy/all.yaml']).status).toBe(1);
    });

    test(`${RENDER} fails where a directory is not as it would be rendered`, () => {
      const sandbox = repository(SOUND);
      const args = '[-o, rendered, deploy]';
      const write = () => sandbox.groups(['render', '-o', 'rendered', 'deploy']);
      const missing = run(sandbox, RENDER, args);
      expect(missing.status).toBe(1);
      expect(missing.stdout).toContain('rendered/db/statefulset_hot-tikv.yaml: missing');
      expect(sandbox.exists('rendered')).toBe(false);
      write();
      expect(run(sandbox, RENDER, args).status).toBe(0);
      sandbox.write({ 'rendered/db/service_hot-tikv-peer.yaml': 'changed\n', 'rendered/db/more.yaml': '' });
      const changed = run(sandbox, RENDER, args);
      expect(changed.status).toBe(1);
      expect(changed.stdout).toContain('rendered/db/service_hot-tikv-peer.yaml: differs');
      expect(changed.stdout).toContain('rendered/db/more.yaml: not written by a render');
      expect(sandbox.read('rendered/db/service_hot-tikv-peer.yaml')).toBe('changed\n');
    });

    test.skipIf(!TRIES_ALL)(
      'install from this repository with npm alone',
      (context) => {
        const sandbox = repository(SOUND);
        const attempt = (files: Files) => {
          sandbox.write(files);
          sandbox.run('git', ['add', '.']);
          return sandbox.run(
            'timeout',
            [SECONDS, preCommit, 'try-repo', ROOT, VALIDATE, '--all-files', '--verbose'],
            home(sandbox),
          );
        };
        const passed = attempt({});
        if (passed.status === TIMED_OUT) {
          console.log(`skipped: npm did not install the hook within ${SECONDS} seconds`);
          context.skip();
        }
        expect(passed.stdout).toContain('note: left out: "package.json"');
        expect(passed).toMatchObject({
          status: 0,
          stdout: expect.stringContaining('no problems in 2 resources'),
        });
      },
      900_000,
    );
  });
});
