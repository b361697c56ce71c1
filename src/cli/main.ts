import { fstatSync, writeSync } from 'node:fs';
import { main as runFunction } from '../../functions/expand-tidb-groups/main.ts';

/** Without arguments the executable is the function, as kustomize and kpt start it; commands are loaded on demand. */
async function main(args: readonly string[]): Promise<number> {
  if (args.length === 0 && !isTerminal(0)) return runFunction();
  const { runCommand } = await import('./program.ts');
  return runCommand(args.length === 0 ? ['--help'] : args);
}

/** Asks for the stream only where it could be a terminal: it loads modules that take a third of what Node itself takes. */
function isTerminal(descriptor: number): boolean {
  return fstatSync(descriptor).isCharacterDevice() && process.stdin.isTTY;
}

main(process.argv.slice(2)).then(
  // All output is written by now; to leave at once spares waiting for what V8 still compiles in the background.
  (status) => process.exit(status),
  (error: unknown) => {
    // A reader that went away has seen enough.
    const isClosed = error instanceof Error && 'code' in error && error.code === 'EPIPE';
    if (!isClosed)
      writeSync(2, `error: ${error instanceof Error ? (error.stack ?? error.message) : error}\n`);
    process.exit(1);
  },
);
