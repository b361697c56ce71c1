import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { generateDtsBundle } from 'dts-bundle-generator';
import { build } from 'esbuild';

const ENTRY = 'src/library/index.ts';
const TARGET = 'dist/library';

/**
 * Writes dist/library: what the package exports, as ES modules, and its types in one file. Its dependencies
 * stay imports. Code that only some callers need is loaded on demand.
 */
rmSync(TARGET, { recursive: true, force: true });
mkdirSync(TARGET, { recursive: true });
await build({
  entryPoints: { index: ENTRY },
  outdir: TARGET,
  outExtension: { '.js': '.mjs' },
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  loader: { '.md': 'text' },
  legalComments: 'none',
  logLevel: 'warning',
});
// Types are not checked, which takes as long as all else here: `npm run check` does that.
const [types = ''] = generateDtsBundle(
  [{ filePath: ENTRY, output: { noBanner: true }, libraries: { importedLibraries: ['kpt-functions'] } }],
  { preferredConfigPath: 'scripts/build/library.tsconfig.json' },
);
writeFileSync(`${TARGET}/index.d.mts`, types);
