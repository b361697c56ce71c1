import { type Command, Option } from 'commander';
import { TOOLS, type Tool } from '../init/index.ts';
import { type Exit, newCommand } from './command.ts';

interface Options {
  readonly for: Tool;
  readonly from?: string;
}

export function initCommand(exit: Exit): Command {
  return newCommand('init')
    .summary('start a directory with a cluster, two groups and what renders them')
    .description(
      'Write a TidbCluster, two groups, the function config and a kustomization (or a Kptfile) into a directory, ' +
        'so that its first build works. Files that are there already are never overwritten.\n\n' +
        'Exit status 0: all files are written; 1: the TidbCluster is wrong; 2: wrong usage, or files are in the way. ' +
        'After 1 and 2 nothing is written.',
    )
    .argument('[directory]', 'where to write; it is created if it does not exist', '.')
    .addOption(new Option('--for <tool>', 'the tool that renders it').choices(TOOLS).default('kustomize'))
    .option(
      '--from <file>',
      'start from the TidbCluster in this file, or - for standard input; a file that is in the directory stays as it is',
    )
    .action(async (directory: string, options: Options) => {
      const { start } = await import('./start-directory.ts');
      exit(await start(directory, options.for, options.from));
    });
}
