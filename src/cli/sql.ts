import { type Command, InvalidArgumentError, Option } from 'commander';
import { writeOutput } from '../io/index.ts';
import { type Exit, type Ignoring, ignoreOption, newCommand } from './command.ts';
import { Misuse } from './misuse.ts';
import { say } from './say.ts';

interface Options extends Ignoring {
  readonly cluster?: string;
  readonly check?: readonly string[];
  readonly image?: string;
  readonly secret?: string;
  readonly config?: string;
}

export function sqlCommand(exit: Exit): Command {
  return newCommand('sql')
    .summary('print placement policies for the stores of groups')
    .description(
      'Print a placement policy for each TiKVGroup of a TidbCluster, as SQL: its constraints match the stores of the ' +
        'group and no others.\n\n' +
        'Placement policies that there are already, in ConfigMaps under keys that end in `sql` and in files that ' +
        '--check names, are checked: whether TiDB takes them, and whether enough stores match. After an error nothing is ' +
        'printed, and the exit status is 1.\n\n' +
        'PATHs are files or directories, rendered or not, kpt packages, or - for standard input.',
    )
    .argument('[path...]', 'what to read (the default is standard input)')
    .option('--cluster <name>', 'the TidbCluster, as NAME or NAMESPACE/NAME, if there are several')
    .addOption(
      new Option('--check <file>', 'check the placement policies in this file of SQL (repeatable)').argParser(
        (file: string, before: readonly string[] = []) => [...before, file],
      ),
    )
    .addOption(
      new Option(
        '--image <image>',
        'print a ConfigMap with the SQL, and a Job that runs it with the client `mysql` or `mariadb` in this image',
      ).argParser(notEmpty),
    )
    .addOption(
      new Option(
        '--secret <name>',
        'the Secret with the password of root, under the key `root`, for --image',
      ).argParser(notEmpty),
    )
    .option('--config <file>', 'use the settings of this function config only')
    .addOption(ignoreOption())
    .action(async (paths: readonly string[], options: Options) => {
      if ((options.image === undefined) !== (options.secret === undefined)) {
        throw new Misuse('--image and --secret go together: name both, or none for SQL alone');
      }
      const { placementOutput } = await import('./placement.ts');
      const { problems, output } = await placementOutput(paths, options);
      say(problems);
      if (output === undefined) return exit(1);
      writeOutput([output]);
    });
}

function notEmpty(value: string): string {
  if (value === '') throw new InvalidArgumentError('it is empty.');
  return value;
}
