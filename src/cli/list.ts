import { type Command, Option } from 'commander';
import { writeOutput } from '../io/index.ts';
import type { System } from '../system/index.ts';
import { type Exit, newCommand } from './command.ts';
import { loadSystem } from './load-system.ts';

const FORMATS = ['table', 'markdown', 'json'] as const;

interface Options {
  readonly output: (typeof FORMATS)[number];
  readonly config?: string;
}

export function listCommand(exit: Exit): Command {
  return newCommand('list')
    .summary('list groups with what they need, and how they differ from the base')
    .description(
      'List the servers of TidbClusters and of their groups: versions, replicas, what all pods together ask for ' +
        '(of a container that has limits only, these), and where a group differs from the base.\n\n' +
        'PATHs are files or directories, rendered or not, kpt packages, or - for standard input; alone, ' +
        'git:REV:PATH reads them from a revision.',
    )
    .argument('[path...]', 'what to read; standard input where there is none')
    .addOption(
      new Option('-o, --output <format>', 'for people, for a pull request, or for programs')
        .choices(FORMATS)
        .default('table'),
    )
    .option('--config <file>', 'take the settings from this function config, and from no other')
    .action(async (paths: readonly string[], { output, config }: Options) => {
      const system = await loadSystem(paths, config);
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
