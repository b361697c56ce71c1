import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateAll } from './generate/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
for (const [path, text] of generateAll(root)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`${path}: ${text.length} characters`);
}
