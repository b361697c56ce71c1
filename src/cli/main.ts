import { main as runFunction } from '../../functions/expand-tidb-groups/main.ts';
import { isTerminal } from '../io/index.ts';

/** Without arguments the executable is the function, as kustomize and kpt start it; commands are loaded on demand. */
async function main(args: readonly string[]): Promise<number> {
  if (args.length === 0 && !(await isTerminal(0))) return runFunction();
  const { runCommand } = await import('./program.ts');
  return runCommand(args.length === 0 ? ['--help'] : args);
}

/** Says in a line why it cannot go on; nothing if its output was read by someone who has seen enough. */
async function tell(error: unknown): Promise<void> {
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return;
  const { endingOf } = await import('./ending.ts');
  const { say } = await import('./say.ts');
  say([`error: ${endingOf(error)}`]);
}

main(process.argv.slice(2))
  .catch(async (error: unknown) => {
    // Where nobody can be told, the status is all there is.
    await tell(error).catch(() => undefined);
    return 1;
  })
  // All output is written by now; to leave at once spares waiting for what V8 still compiles in the background.
  .then((status) => process.exit(status));
