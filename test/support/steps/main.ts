import { COMMANDS, FILE_NAMES } from '../every-output.ts';
import { BLOCKS } from './block-count.ts';
import { DIMENSIONS } from './dimensions.ts';
import { countNatives, nativeSteps } from './natives.ts';

/**
 * Counts the steps of every command over every dimension, at three sizes of which each is twice the one before: blocks of
 * code that are run, and what JavaScript's own functions do inside. Prints a line of JSON for each.
 * Arguments are the dimensions to try, with another size than their own where that is there (`NAME@SIZE`); without any it
 * tries all.
 */
const blocks = Reflect.get(globalThis, BLOCKS);
if (!(blocks instanceof Float64Array)) throw new Error('the code must be built so that it counts its blocks');
countNatives();

const chosen = new Map(
  process.argv.slice(2).map((argument) => {
    const [name = '', size] = argument.split('@');
    return [name, size === undefined ? undefined : Number(size)] as const;
  }),
);
for (const { name, size: usual, texts } of DIMENSIONS) {
  if (chosen.size > 0 && !chosen.has(name)) continue;
  const size = chosen.get(name) ?? usual;
  const input = (factor: number) => texts(Math.round(size * factor));
  // Prepared in advance, so that only the command is counted.
  const inputs = [input(0.5), input(1), input(2), input(4)] as const;
  for (const command of [...COMMANDS, FILE_NAMES]) {
    // One-time work, such as parsing a schema, happens before the count.
    const [warmUp, ...counted] = inputs;
    await command.outputs('input.yaml', ...warmUp);
    const counts: number[] = [];
    for (const input of counted) counts.push(await stepsOf(() => command.outputs('input.yaml', ...input)));
    process.stdout.write(`${JSON.stringify({ dimension: name, command: command.name, counts })}\n`);
  }
}

async function stepsOf(work: () => Promise<unknown>): Promise<number> {
  const before = steps();
  await work();
  return steps() - before;
}

function steps(): number {
  return nativeSteps() + (blocks[0] ?? 0);
}
