import type { Node } from '../yaml/index.ts';

/**
 * A text that ends within a block scalar, without a line break: to Go's readers its last line has none. Whatever comes
 * behind would add one, so the scalar is told to strip it, and a last line of mere indentation goes. Undefined if the text
 * ends otherwise.
 */
export function closedEnd(text: string, documents: readonly Node[]): string | undefined {
  if (text.endsWith('\n')) return undefined;
  const last = lastOf(documents.at(-1));
  if (last?.type !== 'scalar' || last.plain || text.slice(last.end).trim() !== '') return undefined;
  const header = /^[|>]([-+1-9]*)/.exec(text.slice(last.start, last.start + 3));
  if (header === null || header[1]?.includes('-')) return undefined;
  const lastLine = text.lastIndexOf('\n') + 1;
  const isIndentation = text.slice(lastLine).trim() === '' && (last.text === '' || last.text.endsWith('\n'));
  // A scalar that keeps its blank lines would have it for one more.
  if (isIndentation && header[1]?.includes('+')) return text.slice(0, lastLine);
  if (text.slice(last.end).includes('\n')) return undefined;
  const end = last.start + header[0].length;
  return `${text.slice(0, end).replace(/\+$|\+(?=[1-9]$)/, '')}-${text.slice(end)}\n`;
}

/** The node that ends last in a node. */
function lastOf(node: Node | undefined): Node | undefined {
  if (node?.type === 'map' && !node.flow) return lastOf(node.entries.at(-1)?.value);
  return node?.type === 'seq' && !node.flow ? lastOf(node.items.at(-1)) : node;
}
