import { describe, expect, test } from 'vitest';
import { CLUSTER } from '../support/basic.ts';
import { Sandbox } from '../support/sandbox.ts';

/** A name that would end a line and start another one with a command, for a file, an argument or a resource. */
const NAME = 'x\u001b[31m\u202e\n::error::y ##[error]z';
const SHOWN = 'x\\u001b[31m\\u202e\\n::error::y #\\u0023[error]z';

const FILES = { [`${NAME}.yaml`]: 'a: [\n', 'cluster.yaml': CLUSTER };

function expectHarmless(text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are intended.
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|^\s*::|##\[/m);
}

describe('a name that ends a line and begins a command is a text', () => {
  test.each([
    ['validate', ['validate', '.']],
    ['render', ['render', '.']],
    ['list', ['list', '.']],
    ['graph', ['graph', '.']],
    ['adopt', ['adopt', '.']],
    ['convert', ['convert', '--to', 'v2', '.']],
    ['diff', ['diff', '.', '.']],
  ])('of a file, to %s', (_, args) => {
    const { stdout, stderr, status } = new Sandbox(FILES).groups(args);
    expect(status).toBe(1);
    expectHarmless(stdout + stderr);
    expect(stdout + stderr).toContain(`${SHOWN}.yaml:2:1: error: must be YAML`);
  });

  test('of a file, to GitHub, which needs it unchanged', () => {
    const { stdout } = new Sandbox(FILES).groups(['validate', '-o', 'github', '.']);
    const [command = '', ...others] = stdout.trimEnd().split('\n');
    expect(command).toContain('::error file=x\u001b[31m\u202e%0A%3A%3Aerror%3A%3Ay ##[error]z.yaml,line=2,');
    expect(others).toEqual([expect.stringMatching(/^1 error in \d resource/)]);
  });

  test.each([
    ['an option', ['validate', `--${NAME}`]],
    ['the value of an option', ['validate', '-o', NAME]],
    ['the value of an option behind it', ['validate', `--output=${NAME}`]],
    ['a command', [NAME]],
    ['a path', ['validate', NAME]],
    ['a config', ['validate', '--config', NAME, 'cluster.yaml']],
    ['a code', ['explain', NAME]],
    ['a kind', ['schema', NAME]],
    ['a revision', ['diff', `git:${NAME}`, '.']],
    ['a path more', ['schema', 'TiKVGroup', NAME]],
  ])('of %s', (_, args) => {
    const { stdout, stderr, status } = new Sandbox(FILES).groups(args);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expectHarmless(stderr);
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
  });

  test('of a resource, in a list on standard input', () => {
    const name = JSON.stringify(NAME);
    const item = `- {apiVersion: pingcap.com/v1alpha1, kind: TiKVGroup, metadata: {name: ${name}}, spec: {cluster: {name: ${name}}}}`;
    const input = `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n${item}\n`;
    const { stderr, status } = new Sandbox().groups([], { input });
    expect(status).toBe(1);
    expectHarmless(stderr);
    const lines = stderr.trimEnd().split('\n');
    expect(lines.filter((line) => !/ \[[a-z-]+\]$/.test(line))).toEqual([]);
  });
});
