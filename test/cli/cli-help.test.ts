import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { EXECUTABLE, Sandbox } from '../support/sandbox.ts';
import { describeWith, SCRIPT } from '../support/tools.ts';

const run = (...args: readonly string[]) => new Sandbox().groups(args);

const HELP = execFileSync(EXECUTABLE, ['--help'], { encoding: 'utf8' });
const COMMANDS = [...HELP.replace(/^.*Commands:\n/s, '').matchAll(/^ {2}([a-z]+)/gm)].map(
  ([, name = '']) => name,
);

test.each(['', ...COMMANDS.filter((name) => name !== 'help')])(
  'the help of `tidb-groups %s`',
  async (command) => {
    const { status, stdout, stderr } = command === '' ? run('--help') : run(command, '--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect((command === '' ? run('help') : run('help', command)).stdout).toBe(stdout);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    await expect(stdout).toMatchFileSnapshot(`../../fixtures/help/${command || 'tidb-groups'}.txt`);
  },
);

test('the help lists every command on one line', () => {
  expect(COMMANDS).toEqual(
    expect.arrayContaining(['render', 'validate', 'graph', 'list', 'explain', 'schema', 'crds', 'help']),
  );
  for (const line of HELP.replace(/^.*Commands:\n/s, '')
    .trimEnd()
    .split('\n')) {
    expect(line).toMatch(/^ {2}[a-z]+( \S+)* {2,}[a-z]/);
  }
});

describeWith([SCRIPT], 'on a terminal', (script) => {
  test('no arguments show the help, and nobody waits for input', () => {
    const sandbox = new Sandbox();
    const { status, stdout } = sandbox.run(script, ['-qec', 'tidb-groups', '/dev/null']);
    expect(status).toBe(0);
    expect(stdout.replaceAll('\r', '')).toBe(sandbox.groups(['--help']).stdout);
  });
});
