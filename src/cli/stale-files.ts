import { lstatSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FileReader } from '../io/index.ts';
import { pathsIn } from '../render/inventory.ts';
import { show } from '../text/index.ts';

/** The file in which a directory of a render says what is in it. No engine reads a file of that name. */
export const INVENTORY = '.tidb-groups';

/** What becomes of files of an earlier render: `offered` says that an option would have removed them. */
export type Stale = 'refused' | 'offered' | 'removed';

/** The paths that an earlier render listed in a directory. Empty where it left no list. */
export function listedIn(real: string): ReadonlySet<string> {
  const list = join(real, INVENTORY);
  if (!lstatSync(list, { throwIfNoEntry: false })?.isFile()) return new Set();
  return new Set(pathsIn(new FileReader().read(list).toString('utf8')));
}

/**
 * The files of an earlier render in a directory, by the list that it left, which this one does not write. What becomes of
 * them depends on how the directory is written: `target-directory.ts` chooses between a new directory, which lacks them,
 * and files that move into the old one (`move-files.ts`), which takes them out.
 */
export function staleIn(real: string, files: ReadonlyMap<string, unknown>): Set<string> {
  return new Set([...listedIn(real)].filter((path) => !files.has(path)));
}

/** Removes the directories of such files that are empty now. */
export function removeEmptied(real: string, stale: readonly string[]): void {
  for (const path of stale) {
    const directory = dirname(path);
    if (directory !== '.') removeIfEmpty(join(real, directory));
  }
}

function removeIfEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {
    // Something else is in there.
  }
}

/** So many files are named. */
const MOST_NAMED = 20;

/** What is wrong with a directory that has other manifests: those of an earlier render, and those that are not. */
export function leftOver(stale: readonly string[], others: readonly string[], fate: Stale): string {
  const sentences: string[] = [];
  if (others.length > 0) sentences.push(`move these to another directory: ${named(others)}`);
  if (stale.length > 0 && fate !== 'removed') {
    const way =
      fate === 'offered'
        ? 'run the same command with `--prune`, which removes what an earlier render wrote and this one does not, and nothing else'
        : 'remove what was written there before, or name a new directory';
    sentences.push(`${way}: ${named(stale)}`);
  }
  return `the output directory must contain only the manifests of this render, because an engine would apply all others, too; nothing was written; ${sentences.join('; ')}`;
}

function named(files: readonly string[]): string {
  const listed = [...files].sort().slice(0, MOST_NAMED).map(show).join(', ');
  return files.length > MOST_NAMED ? `${listed} and ${files.length - MOST_NAMED} more` : listed;
}
