import { type Command, Option } from 'commander';
import { writeOutput } from '../io/index.ts';
import type { System } from '../system/index.ts';
import { type Exit, type Ignoring, ignoreOption, newCommand } from './command.ts';
import { loadSystem } from './load-system.ts';

const FORMATS = ['mermaid', 'dot', 'svg', 'html'] as const;

interface Options extends Ignoring {
  readonly output: (typeof FORMATS)[number];
  readonly config?: string;
}

export function graphCommand(exit: Exit): Command {
  return newCommand('graph')
    .summary('draw clusters with their groups, and who talks to whom')
    .description(
      'Draw TidbClusters with their groups: servers, where they run and what they request, Services, and who ' +
        'talks to whom.\n\n' +
        'PATHs are files or directories, rendered or not, kpt packages, or - for standard input. A single PATH ' +
        'can be git:REV:PATH, which reads a revision.',
    )
    .argument('[path...]', 'what to read (the default is standard input)')
    .addOption(
      new Option(
        '-o, --output <format>',
        'for a pull request, for Graphviz, or a picture or a page by itself',
      )
        .choices(FORMATS)
        .default('mermaid'),
    )
    .option('--config <file>', 'use the settings of this function config only')
    .addOption(ignoreOption())
    .addHelpText(
      'after',
      `
Example: a page for a browser, and a picture for a comment on GitHub or GitLab:
  tidb-groups graph -o html manifests > system.html
  { echo '\`\`\`mermaid'; tidb-groups graph manifests; echo '\`\`\`'; } > comment.md`,
    )
    .action(async (paths: readonly string[], { output, ...options }: Options) => {
      const system = await loadSystem(paths, options);
      if (system === undefined) return exit(1);
      writeOutput([await draw(system, output)]);
    });
}

async function draw(system: System, output: Options['output']): Promise<string> {
  switch (output) {
    case 'mermaid': {
      const { graphMermaid } = await import('../report/graph-mermaid.ts');
      return graphMermaid(system);
    }
    case 'dot': {
      const { graphDot } = await import('../report/graph-dot.ts');
      return graphDot(system);
    }
    case 'svg': {
      const { graphSvg } = await import('../report/graph-svg.ts');
      return graphSvg(system);
    }
    case 'html': {
      const { graphHtml } = await import('../report/graph-html.ts');
      return graphHtml(system);
    }
  }
}
