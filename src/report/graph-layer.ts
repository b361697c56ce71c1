import type { Cluster, ServerLayer } from '../system/index.ts';
import { absentCell, type Cell, drawnCell, rowSize, serversCell } from './graph-card.ts';
import { box, FONTS, type LabelStyle, label, type Shape } from './graph-scene.ts';
import { textWidth, wrapText } from './graph-text.ts';
import { headOf, needsPD } from './graph-words.ts';

const PAD = 18;
const HEAD = 36;
const GAP = 18;
const LINE = 17;
/** Cards in a row; more make the next one. */
const MOST = 3;

/** A layer as a box of cards, and the room that it needs at least. */
export interface LayerBox {
  readonly layer: ServerLayer;
  readonly width: number;
  readonly height: number;
  /** Its shapes in as much room as there is. */
  drawn(width: number, height: number): Shape[];
}

/** Servers of a layer side by side; PD and its helpers one below the other. */
export function layerBox(cluster: Cluster, layer: ServerLayer, cardWidth: number): LayerBox {
  const cells = cellsOf(cluster, layer, cardWidth);
  const columns = layer === 'placement' ? 1 : Math.min(MOST, cells.length);
  const rows = rowsOf(cells, columns).map((row) => ({ row, size: rowSize(row) }));
  const inner = columns * cardWidth + (columns - 1) * GAP;
  const head = headLines(cluster, layer, inner);
  const top = HEAD + Math.max(0, ...head.map(({ line }) => line)) * LINE;
  const rowHeights = rows.map(({ size }) => size.lead + size.height);
  const height = top + sum(rowHeights) + (rows.length - 1) * GAP + PAD;
  return { layer, width: inner + 2 * PAD, height, drawn };

  function drawn(wide: number, high: number): Shape[] {
    const shapes: Shape[] = [
      box('layer', 0, 0, wide, high),
      ...head.map(({ style, text, line, x }) => label(style, PAD + x, 23 + line * LINE, text)),
    ];
    let y = top;
    for (const { row, size } of rows) {
      const rowWidth = row.length * cardWidth + (row.length - 1) * GAP;
      row.forEach((cell, column) => {
        const x = (wide - rowWidth) / 2 + column * (cardWidth + GAP);
        shapes.push(...drawnCell(cell, x, y, size));
      });
      y += size.lead + size.height + GAP;
    }
    return shapes;
  }
}

interface HeadLine {
  readonly style: LabelStyle;
  readonly text: string;
  /** From 0, downwards. */
  readonly line: number;
  readonly x: number;
}

/** The name of a layer, and after it the totals, or below it if there is no room. */
function headLines(cluster: Cluster, layer: ServerLayer, width: number): HeadLine[] {
  const [name = '', total = ''] = headOf(cluster, layer);
  const first: HeadLine = { style: 'heading', text: name, line: 0, x: 0 };
  if (total === '') return [first];
  const x = textWidth(name, FONTS.heading) + 12;
  if (x + textWidth(total, FONTS.quiet) <= width) return [first, { style: 'quiet', text: total, line: 0, x }];
  const below = wrapText(total, width, FONTS.quiet);
  return [first, ...below.map((text, index): HeadLine => ({ style: 'quiet', text, line: index + 1, x: 0 }))];
}

function cellsOf(cluster: Cluster, layer: ServerLayer, cardWidth: number): Cell[] {
  if (layer === 'placement' && needsPD(cluster)) return [absentCell(cluster, cardWidth)];
  return cluster.servers
    .filter((servers) => servers.layer === layer)
    .map((servers) => serversCell(servers, cluster, cardWidth));
}

function rowsOf<T>(cells: readonly T[], columns: number): T[][] {
  const rows: T[][] = [];
  for (let index = 0; index < cells.length; index += columns) rows.push(cells.slice(index, index + columns));
  return rows;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
