import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateAll } from './generate/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
let isProgramOther = false;
for (const [path, text] of generateAll(root)) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`${path}: ${text.length} characters`);
  isProgramOther ||= path.startsWith('src/');
}
// What the program itself prints is among these files, and now it prints something else.
if (isProgramOther)
  execFileSync(process.execPath, [...process.execArgv, ...process.argv.slice(1)], { stdio: 'inherit' });
