import type { Path } from '../problem/index.ts';
import { find, type Node } from '../yaml/index.ts';
import { endOfEntry } from './comments-below.ts';
import { dedent } from './dedent.ts';

/**
 * The whole lines of an entry, or of an item of a list, of the comments right above it, and of those below that are indented
 * more, moved to the left edge. Those above the dash of an item are also its first entry's.
 */
export function linesOf(root: Node, text: string, path: Path): string | undefined {
  const written = writtenAt(root, path);
  if (written === undefined || written.value.type === 'alias') return undefined;
  const { start, value } = written;
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(line, start);
  if (!/^ *(?:- +)?$/.test(before)) return undefined;
  const column = before.includes('-') ? before.indexOf('-') : before.length;
  const end = endOfEntry(text, value.end, before.length);
  const comments = dedent(text.slice(withComments(text, line, column), line), column);
  const its = dedent(`${' '.repeat(before.length)}${text.slice(start, end)}`, before.length);
  if (comments === undefined || its === undefined) return undefined;
  return comments === '\n' ? its : `${comments}${its}`;
}

/** Where a key or a dash stands, and what is behind it. */
export function writtenAt(root: Node, path: Path): { start: number; value: Node } | undefined {
  const { entry, depth } = find(root, path);
  if (depth < path.length) return undefined;
  if (entry !== undefined) return { start: entry.keyStart, value: entry.value };
  const step = path[path.length - 1];
  const { node: list } = find(root, path.slice(0, -1));
  if (list.type !== 'seq' || typeof step !== 'number') return undefined;
  const [start, value] = [list.dashes[step], list.items[step]];
  return start === undefined || value === undefined ? undefined : { start, value };
}

/** Where the comments begin that stand right above a line, in the same column. */
export function withComments(text: string, line: number, column: number): number {
  const comment = `${' '.repeat(column)}#`;
  let start = line;
  while (start > 0) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (!text.startsWith(comment, above)) break;
    start = above;
  }
  return start;
}
