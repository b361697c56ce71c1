import { type Command, Option } from 'commander';
import { version } from '../../package.json';
import { isTerminal, writeAll } from '../io/index.ts';
import { EVERYTHING } from '../list/index.ts';
import { Problems } from '../problem/index.ts';
import { renderToValidate, reportUnrendered } from '../render/index.ts';
import { asCounted, formatGithub, formatJson, formatText, hasErrors, type Report } from '../report/index.ts';
import { checkAllDuplicates } from '../validate/index.ts';
import { type Exit, type Ignoring, ignoreOption, newCommand } from './command.ts';
import { type Loaded, loadResources } from './load.ts';
import { pathInRepository, uriInRepository } from './repository.ts';
import { settingsIn, settingsToValidate } from './settings.ts';

const FORMATS = ['text', 'json', 'github', 'sarif'] as const;

interface Options extends Ignoring {
  readonly output: (typeof FORMATS)[number];
  readonly config?: string;
  readonly strict: boolean;
  readonly rendered: boolean;
  readonly schemas?: readonly string[];
}

export function validateCommand(exit: Exit): Command {
  return newCommand('validate')
    .summary('report what is wrong in manifests')
    .description(
      'Report every problem in files or directories, with its position, and what to do.\n\n' +
        'Exit status 0: no errors; 1: errors; 2: wrong usage.',
    )
    .argument('[path...]', 'files, directories, or - for standard input (the default)')
    .addOption(
      new Option('-o, --output <format>', 'output for people, for programs, or for a pull request')
        .choices(FORMATS)
        .default('text'),
    )
    .option('--config <file>', 'use the settings of this function config only')
    .addOption(ignoreOption())
    .option('--strict', 'treat warnings as errors', false)
    .option('--rendered', 'fail if a group is not rendered, is incomplete, or was renamed afterwards', false)
    .option(
      '--schemas <path>',
      'check other resources against the CustomResourceDefinitions and JSON Schemas in this path (repeatable)',
      (path: string, before: readonly string[] = []) => [...before, path],
    )
    .action(async (paths: string[], options: Options) => {
      const { report, loaded } = await validate(paths, options);
      // Many people run it only for the status, so there is no note if its output is lost.
      writeAll(1, [await format(report, loaded, options.output)]);
      exit(hasErrors(report.problems) ? 1 : 0);
    });
}

/** What is wrong with the resources under paths, and where they came from. */
export async function validate(
  paths: readonly string[],
  { config, strict, rendered, schemas = [], ignore = [] }: Omit<Options, 'output'>,
): Promise<{ report: Report; loaded: Loaded }> {
  const found = new Problems();
  const loaded = await loadResources(paths, found, { ignore, leavesOutPatches: true });
  const { items } = loaded;
  const among = await settingsToValidate(items, found);
  const settings = config === undefined ? among : await settingsIn(config, found);
  const changes = await renderToValidate(items, found, settings, rendered);
  if (rendered) {
    reportUnrendered(items, changes, found);
    const { reportCuts } = await import('./cuts.ts');
    reportCuts(loaded, found);
  }
  // What cannot be read is reported where somebody has to look into it.
  checkAllDuplicates(await loaded.readAll(EVERYTHING, new Problems()), found);
  const unchecked = await uncheckedIn(loaded, schemas, found);
  return {
    report: {
      problems: asCounted(found.all, strict || settings.strict),
      resources: items.length,
      ...(unchecked !== undefined && { unchecked }),
    },
    loaded,
  };
}

/** How many resources have no schema; undefined if nobody has asked for schemas and there are none. */
async function uncheckedIn(
  loaded: Loaded,
  schemas: readonly string[],
  found: Problems,
): Promise<number | undefined> {
  const isDefined = loaded.items.some(({ kind }) => kind === 'CustomResourceDefinition');
  if (schemas.length === 0 && !isDefined) return undefined;
  const { checkSchemas } = await import('./schemas.ts');
  return checkSchemas(loaded, schemas, found);
}

async function format(report: Report, loaded: Loaded, output: Options['output']): Promise<string> {
  switch (output) {
    case 'text':
      return formatText(report, {
        line: (file, line) => loaded.line(file, line),
        colors: (await isTerminal(1)) && !process.env.NO_COLOR,
      });
    case 'json':
      return formatJson(report);
    case 'github':
      return formatGithub(report, pathInRepository);
    case 'sarif': {
      const { formatSarif } = await import('../report/format-sarif.ts');
      return formatSarif(report, { uriOf: uriInRepository, version });
    }
  }
}
