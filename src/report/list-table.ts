import type { Cluster, System } from '../system/index.ts';
import { differenceText, headingOf, headOf, NUMBERS, notesOf, rowOf, totalRow } from './list-rows.ts';
import { terminalText } from './terminal.ts';
import { widthOf } from './width.ts';

const DIFFERENCES = 'DIFFERS FROM THE BASE IN';

/** For people at a terminal: a table a cluster, a row for the servers of each group and of each component. */
export function listTable({ clusters }: System): string {
  return clusters.map(clusterTable).join('\n');
}

function clusterTable(cluster: Cluster): string {
  const rows = cluster.servers.map((servers) => ({
    cells: rowOf(servers, cluster),
    differences: (servers.differences ?? []).map(differenceText),
  }));
  const total = totalRow(cluster);
  const head = headOf(cluster);
  const all = [head, ...rows.map(({ cells }) => cells), total];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => widthOf(cells[column] ?? ''))));
  const hasDifferences = rows.some(({ differences }) => differences.length > 0);
  const indent = widths.reduce((sum, width) => sum + width + 2, 0);
  const lines = [
    headingOf(cluster),
    '',
    aligned(head, widths, head, hasDifferences ? DIFFERENCES : ''),
    ...rows.flatMap(({ cells, differences: [first = '', ...more] }) => [
      aligned(cells, widths, head, first),
      ...more.map((text) => ' '.repeat(indent) + text),
    ]),
    aligned(total, widths, head, ''),
    ...notesOf(cluster).flatMap((note) => ['', note]),
  ];
  return terminalText(lines.map((line) => [line]));
}

function aligned(
  cells: readonly string[],
  widths: readonly number[],
  head: readonly string[],
  last: string,
): string {
  const padded = cells.map((cell, column) => {
    const pad = ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
    return NUMBERS.has(head[column] ?? '') ? pad + cell : cell + pad;
  });
  return [...padded, last].join('  ');
}
