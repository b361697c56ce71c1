import type { Command } from 'commander';
import { KINDS } from '../api/index.ts';
import { writeOutput } from '../io/index.ts';
import { newCommand } from './command.ts';
import { Misuse } from './misuse.ts';

export function schemaCommand(): Command {
  return newCommand('schema')
    .summary('print the JSON Schema of a kind, or of all, for editors')
    .description(
      'Print the JSON Schema of a kind, for editors. Without a kind, it is one for files with documents of any kind: it ' +
        'checks those that it knows, and takes all others.',
    )
    .argument('[kind]', `one of ${KINDS.join(', ')}`)
    .addHelpText(
      'after',
      `
Example: an editor with the YAML language server completes and checks a file that starts with
  # yaml-language-server: $schema=.schemas/all.json
after you write the schema:
  tidb-groups schema > .schemas/all.json`,
    )
    .action(async (written?: string) => {
      const { schema, schemaOfAll } = await import('../api/texts.ts');
      if (written === undefined) {
        writeOutput([schemaOfAll()]);
        return;
      }
      const kind = KINDS.find((name) => name.toLowerCase() === written.toLowerCase());
      if (kind === undefined) {
        throw new Misuse(`the kind must be one of ${KINDS.join(', ')}, but is "${written}"`);
      }
      writeOutput([schema(kind)]);
    });
}
