import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readYaml, titleOf } from '../support/read-yaml.ts';
import { Sandbox } from '../support/sandbox.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const [IN = '', OUT = ''] = [...README.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text]) => text);

test('the first example renders without a message', () => {
  const sandbox = new Sandbox({ 'all.yaml': IN });
  expect(sandbox.groups(['validate', '--strict', 'all.yaml'])).toEqual({
    status: 0,
    stdout: 'no problems in 2 resources\n',
    stderr: '',
  });
  expect(sandbox.groups(['render', 'all.yaml'])).toMatchObject({ status: 0, stderr: '' });
});

test('what it shows is what comes out, but for what it leaves out', () => {
  const { stdout } = new Sandbox({ 'all.yaml': IN }).groups(['render', 'all.yaml']);
  const [cluster = ''] = OUT.split('---\n');
  // The first line counts the resources; of the annotations the README shows the first.
  const shortened = stdout
    .replace(/^#.*\n/, '')
    .replace(/, groups\.pingcap\.com\/rendered: .*(?=\}\}$)/m, ', …');
  expect(shortened.startsWith(cluster)).toBe(true);
  const shown = readYaml(OUT.replace(/^.*: … .*\n|^.*: …\n/gm, '').replaceAll(', …', ''));
  const came = readYaml(stdout);
  expect(shown.map(titleOf).map((title) => title.replace(/(?:tidb\/)?hot/, 'tidb/hot'))).toEqual(
    came.map(titleOf),
  );
  for (const [index, resource] of shown.entries()) expect(came[index]).toMatchObject(resource);
});

test('what it says of the example holds', () => {
  const { stdout } = new Sandbox({ 'all.yaml': IN }).groups(['render', 'all.yaml']);
  const said = [...OUT.matchAll(/: … +# (?:joins )?(\S+?)(?: each)?$/gm)].map(([, text = '']) => text);
  expect(said).toEqual(['basic-pd:2379', '100Gi']);
  for (const text of said) expect(stdout).toContain(text);
});

test('the danger that it shows is that of one store fewer in the first example', () => {
  const [, shown = ''] = /^```\n(DANGER [\s\S]*?)^```$/m.exec(README) ?? [];
  const more = IN.replace(
    'replicas: 3\n  requests: {storage: 100Gi}',
    'replicas: 4\n  requests: {storage: 100Gi}',
  );
  expect(more).not.toBe(IN);
  const sandbox = new Sandbox({ 'old.yaml': more, 'new.yaml': IN });
  expect(sandbox.groups(['diff', 'old.yaml', 'new.yaml']).stdout).toContain(`\n${shown}  Instead:\n`);
});
