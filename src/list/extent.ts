import type { Part, Path } from '../problem/index.ts';
import { find, type Node } from './node.ts';

/**
 * From where to where a field stands in a text, or what is nearest above it: of a field that is not there, the key that
 * should hold it. Line breaks at the end do not belong to it.
 */
export function extentOf(
  root: Node,
  text: string,
  path: Path,
  part: Part,
): { readonly start: number; readonly end: number } {
  const { node, entry, depth } = find(root, path);
  if (entry !== undefined && (depth < path.length || part === 'key')) {
    return { start: entry.keyStart, end: entry.keyEnd };
  }
  const { start, end } = node;
  return { start, end: start + text.slice(start, end).trimEnd().length };
}
