import type { Command } from 'commander';
import { GENERATED_BY } from '../api/index.ts';
import { writeOutput } from '../io/index.ts';
import type { Item } from '../list/index.ts';
import { Problems } from '../problem/index.ts';
import { type Adopted, adoptClusters } from '../render/index.ts';
import { asLines } from '../report/index.ts';
import { type Exit, type Ignoring, ignoreOption, newCommand } from './command.ts';
import { loadResources } from './load.ts';
import { Misuse } from './misuse.ts';
import { say } from './say.ts';

export function adoptCommand(exit: Exit): Command {
  return newCommand('adopt')
    .summary('turn heterogeneous TidbClusters into groups')
    .description(
      'Print heterogeneous TidbClusters (those with spec.cluster) as groups, and say on standard error whether ' +
        'both render the same.\n\n' +
        'The TidbClusters that they join must be among the resources too: groups inherit settings from them.\n\n' +
        'Exit status 0: all render the same; 1: some differ, or cannot become a group; 2: wrong usage.',
    )
    .argument('[path...]', 'files, directories, or - for standard input (the default)')
    .addOption(ignoreOption())
    .action(async (paths: string[], options: Ignoring) => {
      exit(await adopt(paths, options));
    });
}

async function adopt(paths: readonly string[], { ignore = [] }: Ignoring): Promise<number> {
  const problems = new Problems();
  const { items } = await loadResources(paths, problems, { ignore });
  const adopted = problems.errorCount > 0 ? [] : await adoptClusters(items, problems);
  if (adopted.length === 0 && problems.errorCount === 0) {
    throw new Misuse(noneMessage(items));
  }
  // Readers judge differences themselves; but for invalid input there is no group.
  const isSound = problems.all.every(
    ({ code, severity }) => severity !== 'error' || code.startsWith('adopt-'),
  );
  if (isSound) writeOutput([adopted.map(({ text }) => text).join('---\n')]);
  say([...asLines(problems.all), ...adopted.filter(({ isEqual }) => isEqual).map(equalityOf)]);
  return problems.errorCount > 0 ? 1 : 0;
}

function noneMessage(items: readonly Item[]): string {
  const rendered = items.find(
    (item) => item.kind === 'TidbCluster' && item.isRead && item.annotation(GENERATED_BY) !== undefined,
  );
  if (rendered === undefined) {
    return 'there must be a TidbCluster with `spec.cluster` among the resources, and there is none; check the paths';
  }
  const [kind = '', name = ''] = (rendered.annotation(GENERATED_BY) ?? '').split(',')[0]?.split('/') ?? [];
  return `the TidbCluster "${rendered.name}" was rendered from ${kind} "${name}", so that group is there already: use the file that it was rendered from; no other TidbCluster here has \`spec.cluster\``;
}

/** `TiKVGroup tidb/hot renders what TidbCluster tidb/hot does: ConfigMap hot-tikv, …`. */
function equalityOf({ cluster, component, workloads }: Adopted): string {
  const name = cluster.namespace === '' ? cluster.name : `${cluster.namespace}/${cluster.name}`;
  const { kind } = component.group;
  return `equal: ${kind} ${name} renders the same as TidbCluster ${name}: ${workloads.join(', ')}`;
}
