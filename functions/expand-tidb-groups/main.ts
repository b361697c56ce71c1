import { expectInput, readAll, writeAll, writeOutput } from '../../src/io/index.ts';
import { run } from './run.ts';

/**
 * The function as a process: a ResourceList on standard input, the result on standard output, problems on standard
 * error, exit status 1 where there is an error. Nothing is written before all of it is known.
 */
export async function main(): Promise<number> {
  const input = readAll(0);
  await expectInput(input.length);
  const { output, messages, failed } = await run(input);
  writeOutput([...output]);
  writeAll(
    2,
    messages.map((message) => `${message}\n`),
  );
  return failed ? 1 : 0;
}
