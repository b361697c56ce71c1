import type { Path } from '../problem/index.ts';
import { follow, type Node, ownEntry } from '../yaml/index.ts';

/** The nodes of a resource that aliases mean: what changes in them changes elsewhere too. */
export function aliasedNodes(root: Node, found = new Set<Node>()): Set<Node> {
  if (root.type === 'alias') found.add(follow(root));
  else if (root.type === 'seq') for (const item of root.items) aliasedNodes(item, found);
  else if (root.type === 'map') for (const { value } of root.entries) aliasedNodes(value, found);
  return found;
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
