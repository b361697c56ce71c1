import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sidesOf } from './support/plan.ts';
import { Sandbox } from './support/sandbox.ts';

const PAGE = readFileSync(new URL('../docs/diff.md', import.meta.url), 'utf8');

const fences = (language: string) =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\`$`, 'gm'))].map(
    ([, text = '']) => text,
  );

test('the example on the page comes to what stands below it', () => {
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

test('every command on the page is one to a shell', () => {
  for (const command of fences('shell')) execFileSync('/bin/sh', ['-nc', command]);
});
