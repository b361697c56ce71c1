import { Command } from 'commander';
import { writeAll, writeOutput } from '../io/index.ts';

/** Takes the exit status that a command comes to. */
export type Exit = (status: number) => void;

/** A command whose help and errors are written before it returns, also into a pipe, and which never ends the process. */
export function newCommand(name: string): Command {
  return new Command(name)
    .exitOverride()
    .showHelpAfterError(`(see tidb-groups ${name === PROGRAM ? '' : `${name} `}--help)`)
    .configureOutput({
      writeOut: (text) => writeOutput([text]),
      writeErr: (text) => writeAll(2, [text]),
      getOutHelpWidth: () => WIDTH,
      getErrHelpWidth: () => WIDTH,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
}

export const PROGRAM = 'tidb-groups';

/** The same wherever it is read. */
const WIDTH = 100;
