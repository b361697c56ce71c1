import { main as runFunction } from '../../functions/expand-tidb-groups/main.ts';
import { isTerminal } from '../io/index.ts';
import { say } from './say.ts';

/** Without arguments the executable is the function, as kustomize and kpt start it; commands are loaded on demand. */
async function main(args: readonly string[]): Promise<number> {
  if (args.length === 0 && !(await isTerminal(0))) return runFunction();
  const { runCommand } = await import('./program.ts');
  return runCommand(args.length === 0 ? ['--help'] : args);
}

main(process.argv.slice(2)).then(
  // All output is written by now; to leave at once spares waiting for what V8 still compiles in the background.
  (status) => process.exit(status),
  (error: unknown) => {
    // A reader that went away has seen enough.
    const isClosed = error instanceof Error && 'code' in error && error.code === 'EPIPE';
    if (!isClosed)
      say(`error: ${error instanceof Error ? (error.stack ?? error.message) : error}`.split('\n'));
    process.exit(1);
  },
);
