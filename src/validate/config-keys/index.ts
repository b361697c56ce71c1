import { readQuietly } from '../meaning/config.ts';
import type { WrittenConfig } from '../meaning/config-key.ts';
import { checkKeys } from './check.ts';
import { KEYS } from './keys.generated.ts';
import { type Tree, treeOf } from './tree.ts';

const trees = new Map<string, Tree>();

/** Adds a warning of keys in a config that its server does not know. */
export function checkConfigKeys(written: WrittenConfig): void {
  const { part, config, reader } = written;
  const listed = Object.hasOwn(KEYS, part.name) ? KEYS[part.name] : undefined;
  const table = listed && readQuietly(part, config, reader);
  if (listed === undefined || table === undefined) return;
  const tree = trees.get(part.name) ?? treeOf(listed);
  trees.set(part.name, tree);
  checkKeys(table, tree, listed, written);
}
