import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { executable, pack } from './executable.ts';
import { split } from './split.ts';

const TARGET = 'dist/tidb-groups';
const SAMPLE = 'fixtures/warm-up.yaml';

/**
 * Writes dist/tidb-groups, one file that needs only Node, and beside it an optional code cache.
 * Two builds with the same Node give the same bytes.
 */
mkdirSync('dist', { recursive: true });
// Extensionless files count as ES modules where the nearest package.json says so.
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
const packed = pack(await split('src/cli/main.ts'));
const making = mkdtempSync('dist/making-');
try {
  const file = join(making, 'tidb-groups');
  writeFileSync(file, executable(packed));
  execFileSync(process.execPath, ['--hash-seed=1', 'scripts/build/cache.cjs', file, SAMPLE], {
    input: readFileSync(SAMPLE),
    stdio: ['pipe', 'pipe', 'inherit'],
    maxBuffer: 1 << 24,
  });
  writeFileSync(file, executable(packed, readFileSync(`${file}.index`, 'utf8')));
  chmodSync(file, 0o755);
  // Each is replaced in one step, so that a process that starts meanwhile never reads half a file. An executable and a
  // cache that do not match do no harm.
  for (const ending of ['.cache', '']) renameSync(`${file}${ending}`, `${TARGET}${ending}`);
} finally {
  rmSync(making, { recursive: true });
}
