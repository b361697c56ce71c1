import type { Part, Path, Spot } from '../problem/index.ts';
import { find, type Node, type ScalarNode } from './node.ts';

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
 * From a spot in a scalar's text to the end of its line. Undefined if the scalar does not stand in the text as it
 * reads, line by line: folded, with escapes, or with line breaks in quotes.
 */
export function extentOfSpot(root: Node, text: string, path: Path, spot: Spot): Extent | undefined {
  const { node, depth } = find(root, path);
  if (node.type !== 'scalar' || depth < path.length) return undefined;
  const written = linesOf(node, text);
  const value = written.values[spot.line - 1] ?? '';
  const isBlock = text.startsWith('|', node.start);
  if (!isBlock && (text.startsWith('>', node.start) || written.starts.length > 1)) return undefined;
  // The header of a block takes a line of its own.
  const start = written.starts[isBlock ? spot.line : 0] ?? node.end;
  const end = written.starts[isBlock ? spot.line + 1 : 1] ?? node.end;
  const line = text.slice(start, end).replace(/\r?\n$/, '');
  const at = isBlock ? line.length - value.length : line.indexOf(value);
  if (at < 0 || !line.startsWith(value, at)) return undefined;
  const first = start + at + Math.min(spot.column - 1, value.length);
  return { start: first, end: Math.max(first, start + at + value.trimEnd().length) };
}

/** The lines of a scalar as they read, and where those that are written start in the text. */
interface ScalarLines {
  readonly values: readonly string[];
  readonly starts: readonly number[];
}

/** There may be a problem with each line of a scalar. */
const LINES = new WeakMap<Node, ScalarLines>();

function linesOf(node: ScalarNode, text: string): ScalarLines {
  const known = LINES.get(node);
  if (known !== undefined) return known;
  const starts = [node.start];
  for (let at = text.indexOf('\n', node.start); at >= 0 && at < node.end; at = text.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  const lines = { values: node.text.split('\n'), starts };
  LINES.set(node, lines);
  return lines;
}
