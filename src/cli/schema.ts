import type { Command } from 'commander';
import { KINDS } from '../api/index.ts';
import { writeOutput } from '../io/index.ts';
import { newCommand } from './command.ts';
import { Misuse } from './misuse.ts';

export function schemaCommand(): Command {
  return newCommand('schema')
    .summary('print the JSON Schema of a kind, for editors')
    .description('Print the JSON Schema of a kind, for editors.')
    .argument('<kind>', `one of ${KINDS.join(', ')}`)
    .addHelpText(
      'after',
      `
Example: an editor with the YAML language server completes and checks a file that starts with
  # yaml-language-server: $schema=.schemas/tikvgroup.json
after you write the schema:
  tidb-groups schema TiKVGroup > .schemas/tikvgroup.json`,
    )
    .action(async (written: string) => {
      const kind = KINDS.find((name) => name.toLowerCase() === written.toLowerCase());
      if (kind === undefined) {
        throw new Misuse(`the kind must be one of ${KINDS.join(', ')}, but is "${written}"`);
      }
      const { schema } = await import('../api/texts.ts');
      writeOutput([schema(kind)]);
    });
}
