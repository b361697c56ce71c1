import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('support/steps/main.ts', import.meta.url));

interface Counted {
  readonly dimension: string;
  readonly command: string;
  readonly counts: readonly [once: number, twice: number, fourTimes: number];
}

/**
 * How much more the second doubling of an input costs than the first: 2 where the steps are linear, 4 where they are
 * quadratic. A part of them that is quadratic shows before it is what takes the time.
 */
function growth([once, twice, fourTimes]: Counted['counts']): number {
  return (fourTimes - twice) / Math.max(1, twice - once, once / CONSTANT);
}

/** Where nearly all of the steps are those of any size, a small part of them goes up and down. */
const CONSTANT = 30;

/** Sorting, and what only large inputs are worth, make a little more than 2 of it. */
const LINEAR = 2.15;

test('every command takes steps in proportion to what there is, of anything that there can be more of', {
  timeout: 600_000,
}, () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', MAIN], {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  const counted = lines.map((line): Counted => JSON.parse(line));
  // A dimension in which nothing grows would prove nothing.
  const grows = new Set(
    counted.filter(({ counts: [once, twice] }) => twice > once).map((one) => one.dimension),
  );
  expect(counted.filter(({ dimension }) => !grows.has(dimension))).toEqual([]);
  expect(counted.filter(({ counts }) => growth(counts) > LINEAR)).toEqual([]);
});
