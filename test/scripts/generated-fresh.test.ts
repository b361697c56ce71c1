import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generateAll } from '../../scripts/generate/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

test.each([...generateAll(root)])('%s is what `npm run generate` makes', (path, text) => {
  expect(readFileSync(`${root}/${path}`, 'utf8')).toBe(text);
});
