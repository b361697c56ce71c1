import type { Path } from '../problem/index.ts';
import { follow, type Node, ownEntry } from '../yaml/index.ts';

/** The nodes of a resource that aliases mean: what changes in them changes elsewhere too. `text` is what it was read from. */
export function aliasedNodes(root: Node, text: string): ReadonlySet<Node> {
  const found = new Set<Node>();
  // Few resources have an alias, and none is written without this mark.
  if (text.includes('*')) collect(root, found);
  return found;
}

function collect(node: Node, found: Set<Node>): void {
  if (node.type === 'alias') found.add(follow(node));
  else if (node.type === 'seq') for (const item of node.items) collect(item, found);
  else if (node.type === 'map') for (const { value } of node.entries) collect(value, found);
}

/** Whether what is at a path, as far as there is something, is written there and nowhere else. */
export function standsAlone(root: Node, path: Path, aliased: ReadonlySet<Node>): boolean {
  let node: Node | undefined = root;
  for (const step of path) {
    if (node.type === 'alias' || aliased.has(node)) return false;
    if (node.type === 'scalar') return true;
    const next: Node | undefined =
      node.type === 'seq' ? node.items[Number(step)] : ownEntry(node, String(step))?.value;
    // A map that merges others may have it from them.
    if (next === undefined)
      return node.type === 'seq' || node.entries.every(({ merges }) => merges === undefined);
    node = next;
  }
  return node.type !== 'alias' && !aliased.has(node);
}
