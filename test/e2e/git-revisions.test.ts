import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CLUSTER, TIKV_GROUP } from '../support/basic.ts';
import { Sandbox } from '../support/sandbox.ts';
import { GIT } from '../support/tools.ts';

const LESS = TIKV_GROUP.replace('replicas: 3', 'replicas: 2');

/** A repository whose `main` has three stores, and whose working tree has two: a dangerous change. */
function repository(): Sandbox {
  const sandbox = new Sandbox({ 'deploy/cluster.yaml': CLUSTER, 'deploy/groups.yaml': TIKV_GROUP });
  git(sandbox, 'init', '--quiet', '--initial-branch=main');
  git(sandbox, 'add', '.');
  git(sandbox, 'commit', '--quiet', '--message=Start');
  sandbox.write({ 'deploy/groups.yaml': LESS });
  return sandbox;
}

function git(sandbox: Sandbox, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(
    'git',
    ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args],
    {
      cwd: sandbox.root,
      encoding: 'utf8',
    },
  );
  expect(status, stderr).toBe(0);
  return stdout.trim();
}

/** A program that leaves a trace when it runs. */
function trap(sandbox: Sandbox): string {
  const file = sandbox.path('trap.sh');
  writeFileSync(file, `#!/bin/sh\necho "$@" >>'${sandbox.path('trapped')}'\n`);
  chmodSync(file, 0o755);
  return file;
}

const DIFF = ['diff', 'git:main', 'deploy'];

describe.skipIf(GIT.path === undefined)('a revision', () => {
  test('is compared with what is there', () => {
    expect(repository().groups(DIFF)).toMatchObject({ status: 4, stderr: '' });
  });

  test('of which a file is missing is an error, and no safe change', () => {
    const sandbox = repository();
    const blob = git(sandbox, 'rev-parse', 'main:deploy/groups.yaml');
    rmSync(sandbox.path(`.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`));
    const { status, stdout, stderr } = sandbox.groups(DIFF);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('must have "deploy/groups.yaml" of "main", but does not');
  });

  test('of which a directory is missing is an error', () => {
    const sandbox = repository();
    const tree = git(sandbox, 'rev-parse', 'main:deploy');
    rmSync(sandbox.path(`.git/objects/${tree.slice(0, 2)}/${tree.slice(2)}`));
    expect(sandbox.groups(DIFF)).toMatchObject({ status: 2, stdout: '' });
  });

  test('may have a submodule, which is another repository', () => {
    const sandbox = repository();
    sandbox.write({ 'deploy/groups.yaml': TIKV_GROUP });
    const commit = git(sandbox, 'rev-parse', 'main');
    git(
      sandbox,
      'update-index',
      '--add',
      '--cacheinfo',
      `160000,${commit.replaceAll(/./g, '1')},deploy/sub.yaml`,
    );
    git(sandbox, 'commit', '--quiet', '--message=Add a submodule');
    expect(sandbox.groups(DIFF)).toMatchObject({ status: 0, stderr: '' });
  });

  test('may have files of any name', () => {
    const sandbox = repository();
    sandbox.write({ 'deploy/a\nb c.yaml': '# nothing\n' });
    git(sandbox, 'add', '.');
    git(sandbox, 'commit', '--quiet', '--message=Add a file');
    expect(sandbox.groups(DIFF)).toMatchObject({ status: 0, stderr: '' });
  });

  test('runs nothing that the settings of the repository name', () => {
    const sandbox = repository();
    const program = trap(sandbox);
    for (const [key, value] of [
      ['core.pager', program],
      ['core.fsmonitor', program],
      ['core.editor', program],
      ['core.sshCommand', program],
      ['core.askPass', program],
      ['core.alternateRefsCommand', program],
      ['core.hooksPath', sandbox.root],
      ['diff.external', program],
      ['credential.helper', program],
      ['filter.a.smudge', program],
      ['filter.a.process', program],
      ['diff.a.textconv', program],
      ['pager.ls-tree', program],
      ['pager.rev-parse', program],
      ['pager.cat-file', program],
      ['alias.cat-file', `!${program}`],
    ] as const) {
      git(sandbox, 'config', key, value);
    }
    sandbox.write({ '.gitattributes': '* filter=a diff=a\n' });
    git(sandbox, '-c', 'core.fsmonitor=false', '-c', 'filter.a.process=', 'add', '.gitattributes');
    rmSync(sandbox.path('trapped'), { force: true });
    expect(sandbox.groups(DIFF)).toMatchObject({ status: 4, stderr: '' });
    expect(sandbox.exists('trapped')).toBe(false);
  });

  test('runs nothing that the settings of a bare repository among the files name', () => {
    const sandbox = repository();
    const program = trap(sandbox);
    cpSync(sandbox.path('.git'), sandbox.path('deploy/inner'), { recursive: true });
    writeFileSync(
      sandbox.path('deploy/inner/config'),
      `[core]\nrepositoryformatversion = 0\nbare = true\nfsmonitor = ${program}\npager = ${program}\n[pager]\ncat-file = ${program}\n`,
    );
    const { status, stdout, stderr } = sandbox.groups(['diff', 'git:main:deploy', '../groups.yaml'], {
      cwd: 'deploy/inner',
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: the working directory is in a bare repository/);
    expect(sandbox.exists('trapped')).toBe(false);
  });

  test('is that of the repository here, whatever the environment says of others', () => {
    const sandbox = repository();
    const other = repository();
    const program = trap(sandbox);
    git(other, 'commit', '--quiet', '--all', '--message=Less');
    const env = {
      GIT_DIR: other.path('.git'),
      GIT_WORK_TREE: other.root,
      GIT_INDEX_FILE: other.path('.git/index'),
      GIT_OBJECT_DIRECTORY: other.path('.git/objects'),
      GIT_PAGER: program,
      GIT_SSH_COMMAND: program,
      GIT_EXTERNAL_DIFF: program,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: program,
      GIT_TRACE: sandbox.path('trapped'),
    };
    expect(sandbox.groups(DIFF, { env })).toMatchObject({ status: 4, stderr: '' });
    expect(sandbox.exists('trapped')).toBe(false);
  });

  test.each(['ext', 'file', 'ssh'])('fetches nothing from where the rest of it is (%s)', (protocol) => {
    const origin = repository();
    git(origin, 'config', 'uploadpack.allowFilter', 'true');
    const sandbox = new Sandbox();
    git(sandbox, 'clone', '--quiet', '--filter=blob:none', '--no-checkout', `file://${origin.root}`, 'clone');
    const program = trap(sandbox);
    const url =
      { ext: `ext::${program}`, file: `file://${origin.root}`, ssh: 'ssh://nowhere/x' }[protocol] ?? '';
    const clone = sandbox.path('clone');
    for (const [key, value] of [
      ['remote.origin.url', url],
      [`protocol.${protocol}.allow`, 'always'],
      ['core.sshCommand', program],
      ['remote.origin.uploadpack', program],
    ] as const) {
      git(sandbox, '-C', clone, 'config', key, value);
    }
    cpSync(origin.path('deploy'), join(clone, 'deploy'), { recursive: true });
    const before = readdirSync(join(clone, '.git/objects/pack')).length;
    const { status, stdout, stderr } = sandbox.groups(DIFF, { cwd: 'clone' });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: this repository must have .*partial clone/);
    expect(sandbox.exists('trapped')).toBe(false);
    expect(readdirSync(join(clone, '.git/objects/pack'))).toHaveLength(before);
  });

  test.each(['--upload-pack=x', '--output=trapped', '-p', 'main --'])(
    'is no option and no path: %s',
    (revision) => {
      const sandbox = repository();
      expect(sandbox.groups(['diff', `git:${revision}:deploy`, 'deploy'])).toMatchObject({
        status: 2,
        stdout: '',
      });
      expect(sandbox.exists('trapped')).toBe(false);
    },
  );
});
