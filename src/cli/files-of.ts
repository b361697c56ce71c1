import type { Piece } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { type Manifest, withNewline } from '../render/index.ts';
import { INVENTORY } from './stale-files.ts';
import type { Files } from './write-directory.ts';

/** What a directory holds: a file for each manifest, and one that lists them. */
export async function filesOf(plain: readonly Manifest[], problems: Problems): Promise<Files> {
  const { FileNames } = await import('../render/file-names.ts');
  const { inventoryOf } = await import('../render/inventory.ts');
  const names = new FileNames(problems);
  const files = new Map<string, Piece[]>();
  for (const manifest of plain) {
    const name = names.take(manifest);
    if (name !== undefined) files.set(name, [...withNewline(manifest.text)]);
  }
  return files.set(INVENTORY, [inventoryOf(files)]);
}
