import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { executable } from './executable.ts';
import { split } from './split.ts';

const TARGET = 'dist/tidb-groups';

/** Writes dist/tidb-groups, one file that needs nothing but Node, and beside it a code cache that it can do without. */
mkdirSync('dist', { recursive: true });
writeFileSync(`${TARGET}.new`, executable(await split('src/cli/main.ts')));
chmodSync(`${TARGET}.new`, 0o755);
// In one step, so that a process that runs it meanwhile never finds half of it.
renameSync(`${TARGET}.new`, TARGET);
// Extensionless files count as ES modules where the nearest package.json says so.
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
const sample = 'fixtures/warm-up.yaml';
execFileSync(process.execPath, ['scripts/build/cache.cjs', TARGET, sample], {
  input: readFileSync(sample),
  stdio: ['pipe', 'ignore', 'inherit'],
});
