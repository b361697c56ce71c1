import { Session } from 'node:inspector/promises';
import { COMMANDS, FILE_NAMES } from '../every-output.ts';
import { DIMENSIONS } from './dimensions.ts';
import { countNatives, nativeSteps } from './natives.ts';

/**
 * Counts the steps of every command over every dimension, at three sizes of which each is twice the one before: blocks of
 * code that are run, as V8 counts them, and what JavaScript's own functions do inside. Prints a line of JSON for each.
 * Arguments are the dimensions to try, with another size than their own where that is there (`NAME@SIZE`); without any it
 * tries all.
 */
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
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
    await blocksSinceLast();
    const counts: number[] = [];
    for (const input of counted) counts.push(await stepsOf(() => command.outputs('input.yaml', ...input)));
    process.stdout.write(`${JSON.stringify({ dimension: name, command: command.name, counts })}\n`);
  }
}

async function stepsOf(work: () => Promise<unknown>): Promise<number> {
  const before = nativeSteps();
  await work();
  const native = nativeSteps() - before;
  return (await blocksSinceLast()) + native;
}

/** How many blocks of code have been run since this was last asked. */
async function blocksSinceLast(): Promise<number> {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  let blocks = 0;
  for (const { url, functions } of result) {
    // The code that counts must not be counted.
    if (!url.startsWith('file:') || url === import.meta.url) continue;
    for (const { ranges } of functions) for (const { count } of ranges) blocks += count;
  }
  return blocks;
}
