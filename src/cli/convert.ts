import { type Command, Option } from 'commander';
import { writeOutput } from '../io/index.ts';
import { Problems } from '../problem/index.ts';
import { convertResources, type Manifest, withNewline } from '../render/index.ts';
import { asCounted, asLines, asRead, hasErrors } from '../report/index.ts';
import { type Exit, type Ignoring, ignoreOption, newCommand } from './command.ts';
import { filesOf } from './files-of.ts';
import { loadResources, READ_NAMES } from './load.ts';
import { Misuse } from './misuse.ts';
import { say } from './say.ts';
import { writeDirectory } from './write-directory.ts';

interface Options extends Ignoring {
  readonly output?: string;
  readonly strict: boolean;
}

export function convertCommand(exit: Exit): Command {
  return newCommand('convert')
    .summary('turn TidbClusters and groups into resources of TiDB Operator v2')
    .description(
      'Print TidbClusters and groups as the resources of TiDB Operator v2, and all other resources unchanged. A warning ' +
        'names each field that has no counterpart, at its line.\n\n' +
        'What is printed describes a new cluster: v2 takes over no pods and no volumes of v1 (see docs/convert.md).\n\n' +
        'Exit status 0: all is converted, or named; 1: something cannot be converted, and nothing is written; 2: wrong usage.',
    )
    .argument('[path...]', 'files, directories, or - for standard input (the default)')
    .addOption(
      new Option('--to <version>', 'the version of TiDB Operator').choices(['v2']).makeOptionMandatory(),
    )
    .option('-o, --output <directory>', 'write one file per resource to this directory instead')
    .addOption(ignoreOption())
    .option('--strict', 'treat warnings as errors, so that nothing is left out', false)
    .action(async (paths: string[], options: Options) => {
      exit(await convertPaths(paths, options));
    });
}

async function convertPaths(paths: readonly string[], options: Options): Promise<number> {
  const { output, ignore, strict } = options;
  const found = new Problems();
  const { items } = await loadResources(paths, found, { interest: READ_NAMES, ...(ignore && { ignore }) });
  const manifests = await convertResources(items, found);
  if (manifests === undefined) {
    throw new Misuse(
      'there must be a TidbCluster or a group among the resources, and there is none; check the paths',
    );
  }
  const files = output === undefined ? undefined : await filesOf(manifests, found);
  const problems = asCounted(found.all, strict);
  const fails = hasErrors(problems);
  if (!fails && output !== undefined && files !== undefined) await writeDirectory(output, files);
  else if (!fails) writeOutput(documents(manifests));
  say(asLines(asRead(problems)));
  return fails ? 1 : 0;
}

function* documents(manifests: readonly Manifest[]) {
  for (const [index, { text }] of manifests.entries()) {
    if (index > 0) yield '---\n';
    yield* withNewline(text);
  }
}
