import type { Path } from '../problem/index.ts';
import { find, type Node } from '../yaml/index.ts';
import { dedent } from './dedent.ts';

/** The whole lines of an entry and of the comments right above it, moved to the left edge. */
export function linesOf(root: Node, text: string, path: Path): string | undefined {
  const { entry, depth } = find(root, path);
  if (entry === undefined || depth < path.length || entry.value.type === 'alias') return undefined;
  const line = text.lastIndexOf('\n', entry.keyStart - 1) + 1;
  if (text.slice(line, entry.keyStart).trim() !== '') return undefined;
  const eol = text.indexOf('\n', entry.value.end);
  const end = eol < 0 ? text.length : eol + 1;
  return dedent(text.slice(withComments(text, line, entry.keyStart - line), end), entry.keyStart - line);
}

/** Where the comments begin that stand right above a line, in the same column. */
function withComments(text: string, line: number, column: number): number {
  const comment = `${' '.repeat(column)}#`;
  let start = line;
  while (start > 0) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (!text.startsWith(comment, above)) break;
    start = above;
  }
  return start;
}
