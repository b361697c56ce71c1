import { type Command, Option } from 'commander';
import type { GroupOutput } from '../api/index.ts';
import { writeOutput } from '../io/index.ts';
import { Problems } from '../problem/index.ts';
import { framed, renderToApply } from '../render/index.ts';
import { asCounted, asLines, hasErrors } from '../report/index.ts';
import { type Exit, type Ignoring, ignoreOption, newCommand } from './command.ts';
import { earlierRender } from './earlier-render.ts';
import { filesOf } from './files-of.ts';
import { loadResources, READ_NAMES } from './load.ts';
import { Misuse } from './misuse.ts';
import { say } from './say.ts';
import { settingsIn, settingsToRender } from './settings.ts';
import { type Files, writeDirectory } from './write-directory.ts';

interface Options extends Ignoring {
  readonly output?: string;
  readonly config?: string;
  readonly outputKind?: GroupOutput;
  readonly strict: boolean;
  readonly check: boolean;
  readonly prune: boolean;
}

const OUTPUTS: readonly GroupOutput[] = ['Workloads', 'TidbCluster'];

export function renderCommand(exit: Exit): Command {
  return newCommand('render')
    .summary('expand groups and print plain manifests')
    .description(
      'Expand the groups in files or directories and print plain manifests, ready for kubectl apply.\n\n' +
        'The settings are those of an ExpandTidbGroups among the resources, or of the pipeline of a Kptfile.',
    )
    .argument('[path...]', 'files, directories, or - for standard input (the default)')
    .option('-o, --output <directory>', 'write one file per resource to this directory instead')
    .option(
      '--prune',
      'remove the files of an earlier render from the directory of -o that are not written again',
      false,
    )
    .option('--config <file>', 'use the settings of this function config only')
    .addOption(ignoreOption())
    .addOption(
      new Option(
        '--output-kind <kind>',
        'render groups as plain workloads, or as what TiDB Operator runs',
      ).choices(OUTPUTS),
    )
    .option('--strict', 'treat warnings as errors', false)
    .option(
      '--check',
      'write nothing; fail if the render fails, or if the directory of -o is not what it would write',
      false,
    )
    .action(async (paths: string[], options: Options) => {
      exit(await renderPaths(paths, options));
    });
}

async function renderPaths(paths: readonly string[], options: Options): Promise<number> {
  const { output, config, outputKind, strict, check, ignore, prune } = options;
  if (prune && output === undefined) throw new Misuse('--prune goes with -o only, which names the directory');
  const found = new Problems();
  const { items } = await loadResources(paths, found, {
    ...(output !== undefined && { interest: READ_NAMES }),
    ...(ignore && { ignore }),
  });
  const written = await (config === undefined ? settingsToRender(items, found) : settingsIn(config, found));
  const settings = outputKind === undefined ? written : { ...written, output: outputKind };
  const before = output === undefined ? [] : await earlierRender(output);
  const plain = await renderToApply(items, found, settings, before);
  const files = output === undefined ? undefined : await filesOf(plain, found);
  const problems = asCounted(found.all, strict || settings.strict);
  const fails = hasErrors(problems);
  if (check) {
    say(asLines(problems));
    return fails || !(await isAsWritten(output, files)) ? 1 : 0;
  }
  if (!fails && output !== undefined && files !== undefined) {
    await writeDirectory(output, files, prune ? 'removed' : 'offered');
  } else if (!fails) writeOutput(framed(plain));
  say(asLines(problems));
  return fails ? 1 : 0;
}

/** Whether a directory has the files of the render; says where it does not. */
async function isAsWritten(directory: string | undefined, files: Files | undefined): Promise<boolean> {
  if (directory === undefined || files === undefined) return true;
  const { differencesIn } = await import('./compare-directory.ts');
  const differences = await differencesIn(directory, files);
  if (differences.length === 0) return true;
  say([
    ...differences,
    `error: "${directory}" must be as the render writes it; run the same command without --check`,
  ]);
  return false;
}
