import type { Path } from '../problem/index.ts';
import type { MapNode, Node } from './node.ts';

const NONE: ReadonlySet<string> = new Set();

/** Calls back once for every key that a map holds more than once. */
export function duplicateKeys(node: Node, report: (path: Path) => void, path: Path = []): void {
  if (node.type === 'seq') {
    node.items.forEach((item, index) => {
      duplicateKeys(item, report, [...path, index]);
    });
  }
  if (node.type !== 'map') return;
  for (const key of repeatedKeys(node)) report([...path, key]);
  for (const { key, value } of node.entries) {
    if (value.type !== 'scalar') duplicateKeys(value, report, [...path, key]);
  }
}

/** The keys that a map itself has more than once. */
export function repeatedKeys({ entries }: MapNode): ReadonlySet<string> {
  if (entries.length < 2) return NONE;
  const seen = new Set<string>();
  let repeated: Set<string> | undefined;
  for (const { key, merges } of entries) {
    if (merges !== undefined) continue;
    if (seen.has(key)) repeated = (repeated ?? new Set()).add(key);
    seen.add(key);
  }
  return repeated ?? NONE;
}
