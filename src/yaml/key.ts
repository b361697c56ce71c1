import { BrokenYaml } from './broken-yaml.ts';
import { follow, type Node } from './node.ts';
import { plainKey } from './scalar.ts';

/** Keys are strings to JSON, and so to Kubernetes. */
export function keyText(key: Node): string {
  const node = follow(key);
  if (node.type !== 'scalar') throw new BrokenYaml('a map or list used as a key', key.start);
  return node.plain && typeof node.value !== 'string' ? plainKey(node.text) : node.text;
}

/** Whether a `<<` can merge what stands behind it. */
export function isMergeable(value: Node): boolean {
  const node = follow(value);
  return (
    node.type === 'map' || (node.type === 'seq' && node.items.every((item) => follow(item).type === 'map'))
  );
}
