import { BESIDE, COMMANDS, type Command, FILE_NAMES } from '../every-output.ts';
import { inTurn } from '../runs.ts';
import { BLOCKS } from './block-count.ts';
import { DIMENSIONS } from './dimensions.ts';
import { countNatives, nativeSteps } from './natives.ts';

/**
 * Counts the steps of every command over every dimension, at three sizes of which each is twice the one before: blocks of
 * code that are run, and what JavaScript's own functions do inside. Prints a line of JSON for each.
 * Arguments are the dimensions to try, optionally with another size (`NAME@SIZE`). Without any it tries every third,
 * with the commands whose turn it is; with `FUZZ_RUNS=all`, all, with every command.
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
const dimensions = chosen.size > 0 ? DIMENSIONS : inTurn(DIMENSIONS, 0, 3);
const EVERY = [...COMMANDS, FILE_NAMES, BESIDE];
for (const [index, { name, size: usual, command, texts }] of dimensions.entries()) {
  if (chosen.size > 0 && !chosen.has(name)) continue;
  const size = chosen.get(name) ?? usual;
  const input = (factor: number) => texts(Math.round(size * factor));
  // Prepared in advance, so that only the command is counted.
  const inputs = [input(0.5), input(1), input(2), input(4)] as const;
  const able = EVERY.filter((one) => command === undefined || one.name === command);
  const commands = chosen.size > 0 || able.length === 1 ? able : inTurn(able, index, 9);
  const others = able.filter((one) => !commands.includes(one));
  // If it grows for none of these, it must grow for another.
  if (!(await count(name, inputs, commands))) await count(name, inputs, others);
}

type Sides = readonly [old: string, now: string];

/** Whether any of the commands takes more steps for more. */
async function count(
  dimension: string,
  [warmUp, ...counted]: readonly [Sides, ...Sides[]],
  commands: readonly Command[],
): Promise<boolean> {
  let grows = false;
  for (const command of commands) {
    // One-time work, such as parsing a schema, happens before the count.
    await command.outputs('input.yaml', ...warmUp);
    const counts: number[] = [];
    for (const input of counted) counts.push(await stepsOf(() => command.outputs('input.yaml', ...input)));
    process.stdout.write(`${JSON.stringify({ dimension, command: command.name, counts })}\n`);
    grows ||= (counts[1] ?? 0) > (counts[0] ?? 0);
  }
  return grows;
}

async function stepsOf(work: () => Promise<unknown>): Promise<number> {
  const before = steps();
  await work();
  return steps() - before;
}

function steps(): number {
  return nativeSteps() + (blocks[0] ?? 0);
}
