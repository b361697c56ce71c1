import type { Item } from '../../list/index.ts';
import type { Problems } from '../../problem/index.ts';

/** A ConfigMap or Secret with a hash of kustomize's behind its name: ten characters of its own alphabet. */
const HASHED = /^(.+)-[2456789bcdfghkmt]{10}$/;

/** The names with a hash, by kind, namespace and the name without; where that is there as well, there is no doubt. */
export type HashedNames = ReadonlyMap<string, string>;

export function keyOf(kind: string, namespace: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}

/**
 * Warns about names without the hash that kustomize has appended: it updates only fields that it knows, and must be
 * told about those of custom resources. The code that walks the fields is loaded only if there is such a name.
 */
export async function checkHashedNames(
  items: readonly Item[],
  read: readonly Item[],
  problems: Problems,
): Promise<void> {
  if (read.length === 0) return;
  const hashed = hashedNames(items);
  if (hashed.size === 0) return;
  const { reportShortNames } = await import('./short-names.ts');
  reportShortNames(read, hashed, problems);
}

function hashedNames(items: readonly Item[]): HashedNames {
  const hashed = new Map<string, string>();
  for (const { kind, name, namespace } of items) {
    const [, short] = kind === 'ConfigMap' || kind === 'Secret' ? (HASHED.exec(name) ?? []) : [];
    if (short !== undefined) hashed.set(keyOf(kind, namespace, short), name);
  }
  if (hashed.size === 0) return hashed;
  for (const { kind, name, namespace } of items) hashed.delete(keyOf(kind, namespace, name));
  return hashed;
}
