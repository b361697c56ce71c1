import { describe, expect, test } from 'vitest';
import { CLUSTER, configMap, stream } from '../support/basic.ts';
import { type Files, Sandbox } from '../support/sandbox.ts';

const INPUT = stream(CLUSTER, configMap('settings'));
const RENDER = ['render', '-o', 'fo', 'in.yaml'];
const PATH = 'fo/db/configmap_settings.yaml';

describe('a file of the name of one to be written, which no render wrote,', () => {
  test.each<[what: string, path: string, text: string]>([
    [
      'of another kind',
      PATH,
      'apiVersion: example.com/v1\nkind: Own\nmetadata: {name: settings, namespace: db}\n',
    ],
    ['with another resource', PATH, configMap('other')],
    ['with one resource more', PATH, stream(configMap('settings'), configMap('other'))],
    ['with no resource', PATH, '# only a note\n'],
    ['with broken YAML', PATH, 'a: [\n'],
    ['of the name of the list', 'fo/.tidb-groups', 'mine\n'],
  ])('%s, is refused, and nothing is written', (_, path, text) => {
    const sandbox = new Sandbox({ 'in.yaml': INPUT, [path]: text });
    const before = sandbox.files();
    for (const options of [[], ['--prune']]) {
      const { status, stdout, stderr } = sandbox.groups([...RENDER, ...options]);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain(`nothing was written; move these to another directory: "${path}"`);
      expect(sandbox.files()).toEqual(before);
    }
    const { status, stderr } = sandbox.groups([...RENDER, '--check']);
    expect(status).toBe(1);
    expect(stderr).toContain(`${path}: not written by a render; move it to another directory\n`);
  });

  test('is refused beside files of an earlier render, too', () => {
    const sandbox = new Sandbox({ 'in.yaml': CLUSTER });
    expect(sandbox.groups(RENDER).status).toBe(0);
    sandbox.write({ 'in.yaml': INPUT, [PATH]: configMap('other') });
    expect(sandbox.groups(RENDER).stderr).toContain(`move these to another directory: "${PATH}"`);
  });
});

test.each<[what: string, change: Files]>([
  ['a file that the list names, whatever is in it', { [PATH]: 'mine: now\n' }],
  [
    'the same resource, beside no list',
    { 'fo/.tidb-groups': '', [PATH]: configMap('settings', '  old: value\n') },
  ],
])('%s is written over', (_, change) => {
  const sandbox = new Sandbox({ 'in.yaml': INPUT });
  expect(sandbox.groups(RENDER).status).toBe(0);
  const { 'db/configmap_settings.yaml': expected } = sandbox.files('fo');
  sandbox.write(change);
  if (change['fo/.tidb-groups'] === '') sandbox.remove('fo/.tidb-groups');
  expect(sandbox.groups(RENDER)).toMatchObject({ status: 0, stderr: '' });
  expect(sandbox.read(PATH)).toBe(expected);
});

test('--check tells files of an earlier render from others', () => {
  const sandbox = new Sandbox({ 'in.yaml': INPUT });
  expect(sandbox.groups(RENDER).status).toBe(0);
  sandbox.write({ 'in.yaml': CLUSTER, 'fo/db/mine.yaml': configMap('mine') });
  const { stderr } = sandbox.groups([...RENDER, '--check']);
  expect(stderr).toContain(`${PATH}: no longer rendered\n`);
  expect(stderr).toContain('fo/db/mine.yaml: not written by a render; move it to another directory\n');
});
