import { countSteps, growth, LINEAR } from '../../test/support/steps/counted.ts';
import { DIMENSIONS } from '../../test/support/steps/dimensions.ts';
import { seeded } from '../bench/inputs/random.ts';
import type { Finding } from './check.ts';

/** Times the usual size of a dimension; four times that is the largest input of a count. */
const LARGEST = 5;
/** How many times as large as the first an input is that is tried where steps go up. */
const MOST = 4;
/** How many times as many steps something may take than it took when there was less of it. */
const STEP = 2;
/** Megabytes, which no input here needs. */
const MEMORY = 512;
const MOST_TITLE = 80;

/**
 * Any number of something through all commands: none may end without a word, run out of memory or take more steps than
 * in proportion to it. What is wrong, or undefined.
 */
export function checkSizes(seed: number): Finding | undefined {
  const random = seeded(seed);
  const dimension = DIMENSIONS[random.below(DIMENSIONS.length)];
  if (dimension === undefined) return undefined;
  const size = dimension.size + random.below(dimension.size * (LARGEST - 1));
  let steep: ReadonlyMap<string, number> | undefined;
  for (const factor of [1, MOST]) {
    const tried = `${dimension.name}@${size * factor}`;
    const { status, stderr, counted } = countSteps([tried], [`--max-old-space-size=${MEMORY}`]);
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
      // Where another way is taken from some size on, steps go up once. What is not linear goes on.
      if (fourTimes <= (steep.get(command) ?? fourTimes) * 4 * MOST * STEP) continue;
      const title = `sizes: ${command} takes ${dimension.name} in too many steps`;
      return { title, detail: detail + counts };
    }
  }
  return undefined;
}
