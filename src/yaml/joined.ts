import { BrokenYaml } from './broken-yaml.ts';
import type { Gap } from './flow-node.ts';
import type { Node } from './node.ts';

/** Lines may be joined within brackets and quotes only; anywhere else the text would mean something else. */
export function checkJoined(source: string, joined: readonly Gap[], roots: readonly Node[]): void {
  if (joined.length === 0) return;
  const nodes = roots.flatMap((root) => flowNodes(source, root)).sort((a, b) => a.start - b.start);
  let index = 0;
  for (const { start, end } of joined) {
    while ((nodes[index]?.end ?? end) < end) index++;
    if ((nodes[index]?.start ?? end) > start) throw new BrokenYaml('deficient indentation', end);
  }
}

/** What stands in brackets or quotes in a tree, as a key or a value, and in none of the others. */
function flowNodes(source: string, node: Node, found: Gap[] = []): Gap[] {
  if (node.type === 'alias') return found;
  if (node.type === 'scalar' ? isFlow(source, node.start) : node.flow) found.push(node);
  else if (node.type === 'seq') for (const item of node.items) flowNodes(source, item, found);
  else if (node.type === 'map') {
    for (const { keyStart, keyEnd, value } of node.entries) {
      if (isFlow(source, keyStart)) found.push({ start: keyStart, end: keyEnd });
      flowNodes(source, value, found);
    }
  }
  return found;
}

/** Whether a key or a scalar that begins there is in brackets or quotes. */
function isFlow(source: string, start: number): boolean {
  return /["'[{]/.test(source.charAt(start));
}
