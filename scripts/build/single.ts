import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { commitDefine } from './commit.ts';

/**
 * Writes dist/single/tidb-groups-<platform>-<arch>, such as linux-amd64: one executable that needs nothing, because Node is in it. Takes the
 * Node that goes into it as argument, by default the one that runs; it must be 25.5 or newer. Two builds with the same Node
 * give the same bytes, so there is no code cache in it.
 */
const node = resolve(process.argv[2] ?? process.execPath);
const here = execFileSync(node, ['-p', '`${process.platform}-${process.arch}`'], { encoding: 'utf8' });
// As Go and container images name them.
const name = `tidb-groups-${here.trim().replace(/x64$/, 'amd64')}`;
const target = 'dist/single';
mkdirSync(target, { recursive: true });
const making = mkdtempSync(join(target, 'making-'));
try {
  await build({
    entryPoints: { main: 'src/cli/main.ts' },
    outdir: making,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    charset: 'ascii',
    minify: true,
    legalComments: 'none',
    loader: { '.md': 'text' },
    define: commitDefine(),
    logLevel: 'warning',
  });
  const config = {
    main: 'main.cjs',
    output: 'single',
    executable: node,
    disableExperimentalSEAWarning: true,
  };
  writeFileSync(join(making, 'sea.json'), JSON.stringify(config));
  execFileSync(node, ['--build-sea', 'sea.json'], { cwd: making, stdio: ['ignore', 'ignore', 'inherit'] });
  const file = join(target, name);
  renameSync(join(making, 'single'), file);
  const checksum = createHash('sha256').update(readFileSync(file)).digest('hex');
  writeFileSync(`${file}.sha256`, `${checksum}  ${basename(file)}\n`);
} finally {
  rmSync(making, { recursive: true });
}
