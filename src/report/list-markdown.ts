import type { Cluster, System } from '../system/index.ts';
import { differenceText, headingOf, NUMBERS, notesOf, tableOf } from './list-rows.ts';
import { code, escaped } from './markdown.ts';

/** For a pull request: a table a cluster, with the differences of groups in the last column. */
export function listMarkdown({ clusters }: System): string {
  return clusters.map(clusterTable).join('\n');
}

function clusterTable(cluster: Cluster): string {
  const table = tableOf(cluster);
  const head = [...table.head, 'DIFFERS FROM THE BASE IN'].map((name) =>
    name === 'CPU' ? name : name.charAt(0) + name.slice(1).toLowerCase(),
  );
  const rules = [...table.head, ''].map((name) => (NUMBERS.has(name) ? '---:' : '---'));
  const rows = cluster.servers.map(({ differences = [] }, index) => [
    ...(table.rows[index] ?? []).map(cellOf),
    differences.map((difference) => code(differenceText(difference))).join('<br>'),
  ]);
  const total = [...table.total, ''].map((cell) => (cell === '' ? '' : `**${cellOf(cell)}**`));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const notes = notesOf(cluster).map((note) => `\n${escaped(note)}\n`);
  return `**${escaped(headingOf(cluster))}**\n\n${[head, rules, ...rows, total].map(line).join('\n')}\n${notes.join('')}`;
}

/** A dash alone is no markup. */
function cellOf(text: string): string {
  return text === '-' ? text : escaped(text);
}
