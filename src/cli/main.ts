import { main as runFunction } from '../../functions/expand-tidb-groups/main.ts';
import { isTerminal } from '../io/index.ts';

/** Without arguments the executable is the function, as kustomize and kpt start it; commands are loaded on demand. */
async function main(args: readonly string[]): Promise<number> {
  if (args.length === 0 && !(await isTerminal(0))) return runFunction();
  const { runCommand } = await import('./program.ts');
  return runCommand(args.length === 0 ? ['--help'] : args);
}

/** Says in a line why it cannot go on. */
async function tell(error: unknown): Promise<void> {
  const { endingOf } = await import('./ending.ts');
  const { say } = await import('./say.ts');
  say([`error: ${endingOf(error)}`]);
}

main(process.argv.slice(2))
  .catch(async (error: unknown) => {
    // If the message cannot be written, only the status remains.
    await tell(error).catch(() => undefined);
    return 1;
  })
  // All output is written by now; exiting at once avoids waiting for V8's background compilation.
  .then((status) => process.exit(status));
