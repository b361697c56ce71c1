import type { Command } from 'commander';
import { byKind, GROUP_COMPONENTS } from '../components/index.ts';
import { writeOutput } from '../io/index.ts';
import { listed } from '../text/index.ts';
import { newCommand } from './command.ts';

export function crdsCommand(): Command {
  return newCommand('crds')
    .summary('print the CustomResourceDefinitions of the groups')
    .description(
      `Print the CustomResourceDefinitions of ${listed(Object.keys(byKind))}.\n\n` +
        'Rendering does not need them: they are for clusters in which you want to store groups too.',
    )
    .action(async () => {
      const { crds } = await import('../api/texts.ts');
      writeOutput([crds(GROUP_COMPONENTS.map(({ group }) => group))]);
    });
}
