import { countSteps, growth, LINEAR } from '../../test/support/steps/counted.ts';
import { DIMENSIONS } from '../../test/support/steps/dimensions.ts';
import { seeded } from '../bench/inputs/random.ts';
import type { Finding } from './check.ts';

/** A multiple of a dimension's usual size. The largest input of a count is four times as large. */
const LARGEST = 5;
/** If the step count rises, a second input is tried that is this many times as large as the first. */
const MOST = 4;
/** How much the steps per item may grow from the smaller input to the larger one. */
const STEP = 2;
/** A memory limit in megabytes that no input here should reach. */
const MEMORY = 512;
const MOST_TITLE = 80;

/**
 * Runs all commands on inputs with many of something. No command may end silently, run out of memory, or take more steps
 * than in proportion. Returns what is wrong, or undefined.
 */
export async function checkSizes(seed: number): Promise<Finding | undefined> {
  const random = seeded(seed);
  const dimension = DIMENSIONS[random.below(DIMENSIONS.length)];
  if (dimension === undefined) return undefined;
  const size = dimension.size + random.below(dimension.size * (LARGEST - 1));
  let steep: ReadonlyMap<string, number> | undefined;
  for (const factor of [1, MOST]) {
    const tried = `${dimension.name}@${size * factor}`;
    const { status, stderr, counted } = await countSteps([tried], [`--max-old-space-size=${MEMORY}`]);
    const detail = `seed ${seed}, ${tried}\n`;
    if (status !== 0 || stderr !== '') {
      const reason = /^.*(?:Error|FATAL).*$/m.exec(stderr)?.[0] ?? `status ${status}`;
      return { title: `sizes: ${reason.slice(0, MOST_TITLE)}`, detail: detail + stderr };
    }
    if (steep === undefined) {
      const found = counted.filter(({ counts }) => growth(counts) > LINEAR);
      if (found.length === 0) return undefined;
      steep = new Map(found.map(({ command, counts: [once] }) => [command, once]));
      continue;
    }
    for (const { command, counts } of counted) {
      const [, , fourTimes] = counts;
      // If larger inputs take a different path, the step count rises once. If it is not linear, it keeps rising.
      if (fourTimes <= (steep.get(command) ?? fourTimes) * 4 * MOST * STEP) continue;
      const title = `sizes: ${command} takes ${dimension.name} in too many steps`;
      return { title, detail: detail + counts };
    }
  }
  return undefined;
}
