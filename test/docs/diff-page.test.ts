import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sidesOf } from '../support/plan.ts';
import { type Ran, Sandbox } from '../support/sandbox.ts';
import { GIT, JQ, KUSTOMIZE_5 } from '../support/tools.ts';

const PAGE = readFileSync(new URL('../../docs/diff.md', import.meta.url), 'utf8');

const fences = (language: string) =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\`$`, 'gm'))].map(
    ([, text = '']) => text,
  );

test('the example on the page prints what is below it', () => {
  const [change = ''] = fences('diff');
  const { old, now } = sidesOf(change);
  const { status, stdout } = new Sandbox({ 'old.yaml': old, 'new.yaml': now }).groups([
    'diff',
    'old.yaml',
    'new.yaml',
  ]);
  expect(status).toBe(4);
  expect(fences('text')).toEqual([stdout.trimEnd()]);
});

const COMMANDS = fences('shell').flatMap((text) => text.split('\n'));

/** A clone, on a branch from main with the change of the page in `deploy`, and with two releases. */
function clone(): Sandbox {
  const [change = ''] = fences('diff');
  const { old, now } = sidesOf(change);
  const sandbox = new Sandbox({
    'work/deploy/all.yaml': old,
    'work/overlays/prod/kustomization.yaml': 'resources: [all.yaml]\n',
    'work/overlays/prod/all.yaml': now,
    'work/rendered.yaml': old,
  });
  const git = (...args: readonly string[]) => {
    const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    expect(sandbox.run('git', [...author, ...args], { cwd: 'work' })).toMatchObject({ status: 0 });
  };
  git('init', '--quiet', '--initial-branch=main');
  git('init', '--quiet', '--bare', '../origin.git');
  git('remote', 'add', 'origin', '../origin.git');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Start');
  git('tag', 'v1.2');
  git('push', '--quiet', 'origin', 'main');
  git('fetch', '--quiet');
  git('checkout', '--quiet', '-b', 'change');
  sandbox.write({ 'work/deploy/all.yaml': now });
  git('commit', '--quiet', '--all', '--message', 'Change');
  git('tag', 'v1.3');
  sandbox.addProgram('gh', `echo "gh $*" >>'${sandbox.path('asked')}'\n`);
  return sandbox;
}

/** What a command of the page that begins like this does in the clone. */
function run(sandbox: Sandbox, start: string): Ran {
  const [command = '', ...others] = COMMANDS.filter((text) => text.startsWith(start));
  expect({ start, command, others }).toEqual({ start, command: expect.stringContaining(' '), others: [] });
  const env = { GITHUB_BASE_REF: 'main', PULL_REQUEST: '7' };
  return sandbox.run('sh', ['-eu', '-c', command], { cwd: 'work', env });
}

describe.skipIf(GIT.path === undefined)('the commands of the page', () => {
  test.each(['tidb-groups diff git:main deploy/', 'tidb-groups diff git:v1.2:deploy git:v1.3:deploy'])(
    'see the change: %s',
    (start) => {
      const { status, stdout } = run(clone(), start);
      expect(status).toBe(4);
      expect(stdout.trimEnd()).toBe(fences('text')[0]);
    },
  );

  test.skipIf(KUSTOMIZE_5.path === undefined)('see the change in what kustomize builds', () => {
    const sandbox = clone();
    sandbox.addProgram('kustomize', `exec '${KUSTOMIZE_5.path}' "$@"\n`);
    const { status, stdout } = run(sandbox, 'kustomize build overlays/prod |');
    expect(status).toBe(4);
    expect(stdout).toContain('DANGER store-scale-in  TiKVGroup tidb/hot');
  });

  test('comment on a pull request, of a dangerous change too', () => {
    const sandbox = clone();
    expect(run(sandbox, 'tidb-groups diff -o markdown').status).toBe(0);
    expect(run(sandbox, 'gh pr comment').status).toBe(0);
    expect(sandbox.read('work/plan.md')).toContain('store-scale-in');
    expect(sandbox.read('asked')).toBe('gh pr comment 7 --body-file plan.md\n');
  });

  test.skipIf(JQ.path === undefined).each([
    { name: 'a danger', annotations: '', status: 1 },
    {
      name: 'a danger that is confirmed',
      annotations: ', annotations: {groups.pingcap.com/confirm: "store-scale-in@42c6380"}',
      status: 0,
    },
  ])('stop at dangers that nobody has confirmed: $name', ({ annotations, status }) => {
    const sandbox = clone();
    const file = 'work/deploy/all.yaml';
    const text = sandbox.read(file);
    sandbox.write({
      [file]: text.replace('{name: hot, namespace: tidb}', `{name: hot, namespace: tidb${annotations}}`),
    });
    expect(run(sandbox, 'tidb-groups diff -o json').status).toBe(0);
    expect(run(sandbox, 'jq -e').status).toBe(status);
  });

  test('are these, and no others', () => {
    expect(COMMANDS.map((command) => command.split(' ')[0])).toEqual([
      ...['tidb-groups', 'tidb-groups', 'kustomize'],
      ...['tidb-groups', 'gh', 'tidb-groups', 'jq'],
    ]);
  });
});
