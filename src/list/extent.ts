import type { Part, Path, Spot } from '../problem/index.ts';
import { find, type Node } from './node.ts';

/** From where to where something stands in a text; the end is exclusive. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/**
 * From where to where a field stands in a text, or what is nearest above it: of a field that is not there, the key that
 * should hold it. Line breaks at the end do not belong to it.
 */
export function extentOf(root: Node, text: string, path: Path, part: Part): Extent {
  const { node, entry, depth } = find(root, path);
  if (entry !== undefined && (depth < path.length || part === 'key')) {
    return { start: entry.keyStart, end: entry.keyEnd };
  }
  const { start, end } = node;
  return { start, end: start + text.slice(start, end).trimEnd().length };
}

/**
 * From a spot in a scalar's text to the end of its line. Undefined where the scalar does not stand in the text as it
 * reads, line by line: folded, with escapes, or with line breaks in quotes.
 */
export function extentOfSpot(root: Node, text: string, path: Path, spot: Spot): Extent | undefined {
  const { node, depth } = find(root, path);
  if (node.type !== 'scalar' || depth < path.length) return undefined;
  const written = text.slice(node.start, node.end);
  const value = node.text.split('\n')[spot.line - 1] ?? '';
  const isBlock = written.startsWith('|');
  if (!isBlock && (written.startsWith('>') || written.includes('\n'))) return undefined;
  // The header of a block takes a line of its own.
  const start = node.start + startOfLine(written, isBlock ? spot.line : 0);
  const [line = ''] = text.slice(start, node.end).split(/\r?\n/, 1);
  const at = isBlock ? line.length - value.length : line.indexOf(value);
  if (at < 0 || !line.startsWith(value, at)) return undefined;
  const first = start + at + Math.min(spot.column - 1, value.length);
  return { start: first, end: Math.max(first, start + at + value.trimEnd().length) };
}

function startOfLine(text: string, line: number): number {
  let start = 0;
  for (let before = 0; before < line; before++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  return start;
}
