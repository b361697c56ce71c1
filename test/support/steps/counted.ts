import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ENGINE_FLAGS } from '../engine-flags.ts';
import { BANNER, countsBlocks } from './counts-blocks.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

/** The steps of a command over a dimension at three sizes. */
export interface Counted {
  readonly dimension: string;
  readonly command: string;
  readonly counts: readonly [once: number, twice: number, fourTimes: number];
}

/**
 * How much more the second doubling of an input costs than the first: 2 where the steps are linear, 4 where they are
 * quadratic. A quadratic part shows before it dominates.
 */
export function growth([once, twice, fourTimes]: Counted['counts']): number {
  return (fourTimes - twice) / Math.max(1, twice - once, once / CONSTANT);
}

/** Where nearly all steps are the same for any size, a small part of them varies. */
const CONSTANT = 30;

/** Sorting, and work that only pays off for large inputs, raise it slightly above 2. */
export const LINEAR = 2.15;

/** How the counting process ended. `counted` holds its results. */
export interface Counting {
  readonly status: number | null;
  readonly stderr: string;
  readonly counted: readonly Counted[];
}

/** Counts in its own process. Dimensions are `NAME` or `NAME@SIZE`; without any it counts all. */
export async function countSteps(
  dimensions: readonly string[] = [],
  options: readonly string[] = [],
): Promise<Counting> {
  const directory = mkdtempSync(join(tmpdir(), 'steps-'));
  try {
    await build({
      entryPoints: [MAIN],
      outdir: directory,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
      banner: { js: BANNER },
      plugins: [countsBlocks()],
      logLevel: 'warning',
    });
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...ENGINE_FLAGS, ...options, join(directory, 'main.mjs'), ...dimensions],
      { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 },
    );
    const lines = stdout.split('\n').slice(0, -1);
    return { status, stderr, counted: lines.map((line): Counted => JSON.parse(line)) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
