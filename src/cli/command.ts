import { Command, InvalidArgumentError, Option } from 'commander';
import { writeOutput } from '../io/index.ts';
import { counted, visible } from '../text/index.ts';
import { Misuse } from './misuse.ts';
import { say } from './say.ts';

/** Takes the exit status of a command. */
export type Exit = (status: number) => void;

/** A command whose help and errors are written before it returns, also into a pipe, and which never ends the process. */
export function newCommand(name: string): Command {
  return new Command(name)
    .exitOverride()
    .allowExcessArguments(name !== PROGRAM)
    .hook('preAction', (_, command) => refuseExcess(command))
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

/** The command line parser would say how many arguments it expects, but not which one to remove. */
function refuseExcess(command: Command): void {
  const { length } = command.registeredArguments;
  const excess = command.registeredArguments.at(-1)?.variadic ? undefined : command.args[length];
  if (excess === undefined) return;
  const takes = length === 0 ? 'takes no arguments' : `takes ${counted(length, 'argument')} only`;
  const name = command.name();
  throw new Misuse(
    `\`tidb-groups ${name}\` ${takes}, and "${visible(excess)}" is one too many; remove it (see tidb-groups ${name} --help)`,
  );
}

/** An argument can hold a line break, and stays on its line in what is said of it. */
function withArgumentsSeen(text: string): string {
  const parts = process.argv.flatMap((argument) => [argument, argument.slice(argument.indexOf('=') + 1)]);
  const odd = parts.filter((part) => part !== visible(part));
  return odd.reduce((seen, part) => seen.replaceAll(part, () => visible(part)), text);
}

/** An option that can be given several times. */
function each(value: string, before: readonly string[] = []): readonly string[] {
  if (value === '') throw new InvalidArgumentError('name files or directories.');
  return [...before, value];
}

/** Leaves files out of the directories that a command reads. */
export function ignoreOption(): Option {
  return new Option(
    '--ignore <glob>',
    'leave out files and directories that match, as in a .gitignore of each directory (repeatable)',
  ).argParser(each);
}

/** What a user says with it. */
export interface Ignoring {
  readonly ignore?: readonly string[];
}

export const PROGRAM = 'tidb-groups';

/** The same wherever it is read. */
const WIDTH = 100;
