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
  for (const command of [...COMMANDS, FILE_NAMES]) {
    const counts: number[] = [];
    // What is done once, such as parsing a schema, is done before.
    for (const factor of [0.5, 1, 2, 4]) {
      const [old, now] = texts(Math.round(size * factor));
      counts.push(await stepsOf(() => command.outputs('input.yaml', old, now)));
    }
    process.stdout.write(
      `${JSON.stringify({ dimension: name, command: command.name, counts: counts.slice(1) })}\n`,
    );
  }
}

async function stepsOf(work: () => Promise<unknown>): Promise<number> {
  await session.post('Profiler.takePreciseCoverage');
  const before = nativeSteps();
  await work();
  const native = nativeSteps() - before;
  const { result } = await session.post('Profiler.takePreciseCoverage');
  let blocks = 0;
  for (const { url, functions } of result) {
    if (!url.startsWith('file:')) continue;
    for (const { ranges } of functions) for (const { count } of ranges) blocks += count;
  }
  return blocks + native;
}
