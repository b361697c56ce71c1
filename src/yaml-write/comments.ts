import type { Path } from '../problem/index.ts';
import type { Node } from '../yaml/index.ts';
import { endOfEntry, endOfList } from './comments-below.ts';
import { withComments, writtenAt } from './lines-of.ts';

/** The comments of an entry or of an item of a list: above it, in its lines, and below its last one. */
export function commentsOf(root: Node, text: string, path: Path): string[] {
  const written = writtenAt(root, path);
  if (written === undefined) return [];
  const { start, value } = written;
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const isAlone = /^ *(?:- +)?$/.test(text.slice(line, start));
  if (!isAlone) return commentsBetween(value, text, start, value.end);
  const column = start - line;
  return commentsBetween(value, text, withComments(text, line, column), endOf(value, text, column));
}

/** Where an entry ends whose key stands in a column, with the comments below it. */
function endOf(value: Node, text: string, column: number): number {
  const end = endOfEntry(text, value.end, column);
  const [dash] = value.type === 'seq' ? value.dashes : [];
  if (dash === undefined || value.type !== 'seq') return end;
  const dashColumn = dash - (text.lastIndexOf('\n', dash - 1) + 1);
  const ofMaps = value.items.some(({ type }) => type === 'map');
  return Math.max(end, endOfList(text, value.end, dashColumn, ofMaps));
}

/** The comments in a stretch of a text, in which no other values stand than those of a node. */
export function commentsBetween(node: Node, text: string, from: number, to: number): string[] {
  const comments: string[] = [];
  const scalars = scalarsIn(node, text);
  let next = 0;
  let at = text.indexOf('#', from);
  while (at >= 0 && at < to) {
    while ((scalars[next]?.end ?? to) <= at) next++;
    const isText = (scalars[next]?.start ?? to) <= at;
    const isComment = !isText && (at === 0 || /\s/.test(text.charAt(at - 1)));
    const eol = text.indexOf('\n', at);
    if (isComment) comments.push(text.slice(at, eol < 0 ? undefined : eol).trimEnd());
    if (isComment && eol < 0) break;
    at = text.indexOf('#', isComment ? eol : at + 1);
  }
  return comments;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Where the texts of keys and values stand, in which a `#` is no comment, in their order. */
function scalarsIn(root: Node, text: string): Stretch[] {
  const stretches: Stretch[] = [];
  const nodes = [root];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    if (node.type === 'seq') nodes.push(...node.items);
    else if (node.type === 'map') {
      for (const { keyStart, keyEnd, value } of node.entries) {
        stretches.push({ start: keyStart, end: keyEnd });
        nodes.push(value);
      }
    } else if (node.type === 'scalar') {
      // What announces a literal block may have a comment behind it.
      const isBlock = !node.plain && /[|>]/.test(text.charAt(node.start));
      const start = isBlock ? text.indexOf('\n', node.start) : node.start;
      stretches.push({ start: start < 0 ? node.end : start, end: node.end });
    }
  }
  return stretches.sort((one, other) => one.start - other.start);
}
