import { type Command, Option } from 'commander';
import { writeOutput } from '../io/index.ts';
import type { System } from '../system/index.ts';
import { type Exit, type Ignoring, ignoreOption, newCommand } from './command.ts';
import { loadSystem } from './load-system.ts';

const FORMATS = ['table', 'markdown', 'json'] as const;

interface Options extends Ignoring {
  readonly output: (typeof FORMATS)[number];
  readonly config?: string;
}

export function listCommand(exit: Exit): Command {
  return newCommand('list')
    .summary('list servers, their requests and how groups differ')
    .description(
      'List the servers of TidbClusters and their groups: versions, replicas, the total requests of all pods ' +
        '(limits if a container has only those), and how a group differs from the base.\n\n' +
        'PATHs are files or directories, rendered or not, kpt packages, or - for standard input. A single PATH ' +
        'can be git:REV:PATH, which reads a revision.',
    )
    .argument('[path...]', 'what to read (the default is standard input)')
    .addOption(
      new Option('-o, --output <format>', 'output for people, for a pull request, or for programs')
        .choices(FORMATS)
        .default('table'),
    )
    .option('--config <file>', 'use the settings of this function config only')
    .addOption(ignoreOption())
    .action(async (paths: readonly string[], { output, ...options }: Options) => {
      const system = await loadSystem(paths, options);
      if (system === undefined) return exit(1);
      writeOutput([await format(system, output)]);
    });
}

async function format(system: System, output: Options['output']): Promise<string> {
  switch (output) {
    case 'table': {
      const { listTable } = await import('../report/list-table.ts');
      return listTable(system);
    }
    case 'markdown': {
      const { listMarkdown } = await import('../report/list-markdown.ts');
      return listMarkdown(system);
    }
    case 'json': {
      const { listJson } = await import('../report/list-json.ts');
      return listJson(system);
    }
  }
}
