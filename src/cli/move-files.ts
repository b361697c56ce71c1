import { copyFileSync, linkSync, mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inventoryOf } from '../render/inventory.ts';
import { isThere } from './is-there.ts';
import { INVENTORY, listedIn, removeEmptied } from './stale-files.ts';
import type { Target } from './target-directory.ts';
import type { Files } from './write-directory.ts';

/**
 * Moves files into a directory that stays, from one in a stage on the same file system, and takes stale ones out of it. The
 * list of them first names the files of both renders, and at last those of this one, so that at any moment it names all
 * files that a render wrote. If anything fails, what was done is undone.
 */
export function moveFiles(stage: string, made: string, { real, stale }: Target, files: Files): void {
  const moves = new Moves(join(stage, 'before'));
  try {
    const both = join(stage, 'both');
    writeFileSync(both, inventoryOf(withListed(files, listedIn(real))));
    moves.replace(both, join(real, INVENTORY));
    for (const path of files.keys()) {
      if (path === INVENTORY) continue;
      moves.makeDirectory(join(real, dirname(path)));
      moves.replace(join(made, path), join(real, path));
    }
    for (const path of stale) moves.takeOut(join(real, path));
    moves.replace(join(made, INVENTORY), join(real, INVENTORY));
  } catch (error) {
    moves.undo();
    throw error;
  }
  removeEmptied(real, stale);
}

/** Files with those that are listed, of which nobody needs to know how long they are. */
function withListed(files: Files, listed: Iterable<string>): Files {
  const all = new Map(files);
  all.delete(INVENTORY);
  for (const path of listed) if (!all.has(path)) all.set(path, []);
  return all;
}

/** Changes of files that can be undone, as long as the directory is there that keeps what they replace. */
class Moves {
  private readonly undos: (() => void)[] = [];

  constructor(private readonly kept: string) {
    mkdirSync(kept);
  }

  /** The old file, if there is one, is there until the new one is. */
  replace(from: string, to: string): void {
    const old = this.nextKept();
    const wasThere = isThere(to);
    if (wasThere) keep(to, old);
    renameSync(from, to);
    this.undos.push(() => (wasThere ? renameSync(old, to) : rmSync(to)));
  }

  takeOut(path: string): void {
    const old = this.nextKept();
    renameSync(path, old);
    this.undos.push(() => renameSync(old, path));
  }

  makeDirectory(directory: string): void {
    if (mkdirSync(directory, { recursive: true }) !== undefined) this.undos.push(() => rmdirSync(directory));
  }

  /** The last first. Ends where one cannot be undone, so that the list, which was first, still names the files of both. */
  undo(): void {
    for (const undo of this.undos.reverse()) undo();
  }

  private nextKept(): string {
    return join(this.kept, String(this.undos.length));
  }
}

/** Another name for a file, or a copy, because not every file system has such names, nor may every user make them. */
function keep(path: string, as: string): void {
  try {
    linkSync(path, as);
  } catch {
    copyFileSync(path, as);
  }
}
