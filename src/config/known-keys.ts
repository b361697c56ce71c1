import { isMap, type Value } from '../list/index.ts';
import { KNOWN_KEYS } from './known-keys.generated.ts';

export type KeyType = 'array' | 'bool' | 'float' | 'integer' | 'map' | 'string';

/** Config keys by table: a key's type, or the keys of the table below it. */
export interface KeyTree {
  readonly [key: string]: KeyType | KeyTree;
}

/** Whether the operator reads the number at this path of a map as a float. */
export function isFloatKey(component: string, path: readonly (string | number)[]): boolean {
  let node: KeyType | KeyTree | undefined = child(KNOWN_KEYS, component);
  for (const step of path) {
    if (node === undefined || typeof node === 'string') return false;
    node = child(node, String(step));
  }
  return node === 'float';
}

/**
 * The paths in a `config` written as a map that TiDB Operator drops, because its structure of 2020 does not know
 * them; of an unknown table only its own path. None for TOML text, and for components whose keys are not listed.
 */
export function unknownKeys(component: string, config: Value | undefined): string[][] {
  const known = child(KNOWN_KEYS, component);
  return known === undefined || typeof known === 'string' ? [] : unknownIn(known, config, []);
}

function unknownIn(known: KeyTree, value: Value | undefined, path: readonly string[]): string[][] {
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const here = [...path, key];
    const node = child(known, key);
    if (item === null || typeof node === 'string') return [];
    return node === undefined ? [here] : unknownIn(node, item, here);
  });
}

function child(tree: KeyTree, key: string): KeyType | KeyTree | undefined {
  return Object.hasOwn(tree, key) ? tree[key] : undefined;
}
