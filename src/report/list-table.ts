import type { Cluster, System } from '../system/index.ts';
import { differenceText, headingOf, NUMBERS, notesOf, tableOf } from './list-rows.ts';
import { terminalText } from './terminal.ts';
import { widthOf } from './width.ts';

const DIFFERENCES = 'DIFFERS FROM THE BASE IN';

/** For people at a terminal: a table a cluster, a row for the servers of each group and of each component. */
export function listTable({ clusters }: System): string {
  return clusters.map(clusterTable).join('\n');
}

function clusterTable(cluster: Cluster): string {
  const { head, rows, total } = tableOf(cluster);
  const differences = cluster.servers.map((servers) => (servers.differences ?? []).map(differenceText));
  const widths = widthsOf([head, ...rows, total]);
  const hasDifferences = differences.some(({ length }) => length > 0);
  const indent = widths.reduce((sum, width) => sum + width + 2, 0);
  const lines = [
    headingOf(cluster),
    '',
    aligned(head, widths, head, hasDifferences ? DIFFERENCES : ''),
    ...rows.flatMap((cells, row) => {
      const [first = '', ...more] = differences[row] ?? [];
      return [aligned(cells, widths, head, first), ...more.map((text) => ' '.repeat(indent) + text)];
    }),
    aligned(total, widths, head, ''),
    ...notesOf(cluster).flatMap((note) => ['', note]),
  ];
  return terminalText(lines.map((line) => [line]));
}

/** How wide each column is. */
function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const cells of rows) {
    for (const [column, cell] of cells.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
    }
  }
  return widths;
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
