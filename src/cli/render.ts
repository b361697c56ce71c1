import type { Command } from 'commander';
import { writeAll } from '../io/index.ts';
import type { Piece } from '../list/index.ts';
import { Problems } from '../problem/index.ts';
import { type Manifest, manifests, render } from '../render/index.ts';
import { asCounted, asLines, hasErrors } from '../report/index.ts';
import { type Exit, newCommand } from './command.ts';
import { loadResources } from './load.ts';
import { writeDirectory } from './write-directory.ts';

interface Options {
  readonly output?: string;
  readonly strict: boolean;
}

export function renderCommand(exit: Exit): Command {
  return newCommand('render')
    .summary('expand groups and print plain manifests')
    .description(
      'Expand the groups in files or directories and print plain manifests, ready for kubectl apply.',
    )
    .argument('[path...]', 'files, directories, or - for standard input (the default)')
    .option('-o, --output <directory>', 'write one file a resource into this directory instead')
    .option('--strict', 'treat warnings as errors', false)
    .action(async (paths: string[], options: Options) => {
      exit(await renderPaths(paths, options));
    });
}

async function renderPaths(paths: readonly string[], { output, strict }: Options): Promise<number> {
  const found = new Problems();
  const { items } = await loadResources(paths, found);
  const changes = render(items, found);
  const problems = asCounted(found.all, strict);
  const fails = hasErrors(problems);
  const plain = fails ? [] : await manifests(items, changes);
  if (output !== undefined && !fails) writeDirectory(output, plain);
  else writeAll(1, stream(plain));
  writeAll(
    2,
    asLines(problems).map((line) => `${line}\n`),
  );
  return fails ? 1 : 0;
}

/** Documents of one stream, set apart by `---`. */
function* stream(plain: readonly Manifest[]): Iterable<Piece> {
  let first = true;
  for (const { text } of plain) {
    if (!first) yield '---\n';
    first = false;
    yield text;
    if (!endsLine(text)) yield '\n';
  }
}

export function endsLine(text: Piece): boolean {
  return typeof text === 'string' ? text.endsWith('\n') : text[text.length - 1] === 10;
}
