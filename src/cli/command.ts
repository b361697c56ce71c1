import { Command } from 'commander';
import { writeOutput } from '../io/index.ts';
import { visible } from '../text/index.ts';
import { say } from './say.ts';

/** Takes the exit status of a command. */
export type Exit = (status: number) => void;

/** A command whose help and errors are written before it returns, also into a pipe, and which never ends the process. */
export function newCommand(name: string): Command {
  return new Command(name)
    .exitOverride()
    .showHelpAfterError(`(see tidb-groups ${name === PROGRAM ? '' : `${name} `}--help)`)
    .configureOutput({
      writeOut: (text) => writeOutput([text]),
      writeErr: (text) => say(withArgumentsSeen(text).trimEnd().split('\n')),
      getOutHelpWidth: () => WIDTH,
      getErrHelpWidth: () => WIDTH,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
}

/** An argument can hold a line break, and stays on its line in what is said of it. */
function withArgumentsSeen(text: string): string {
  const parts = process.argv.flatMap((argument) => [argument, argument.slice(argument.indexOf('=') + 1)]);
  const odd = parts.filter((part) => part !== visible(part));
  return odd.reduce((seen, part) => seen.replaceAll(part, () => visible(part)), text);
}

export const PROGRAM = 'tidb-groups';

/** The same wherever it is read. */
const WIDTH = 100;
