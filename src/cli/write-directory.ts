import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { writeAll } from '../io/index.ts';
import type { Piece } from '../list/index.ts';
import { refuseForeign } from './foreign-files.ts';
import { type Pause, untilDone } from './interruption.ts';
import { Misuse, reasonOf } from './misuse.ts';
import { moveFiles } from './move-files.ts';
import type { Stale } from './stale-files.ts';
import { hasMore, lookAt, type Target, UNFINISHED } from './target-directory.ts';

/** The contents of files by their paths below a directory, with slashes. */
export type Files = ReadonlyMap<string, readonly Piece[]>;

/**
 * Writes files into a directory, all of them or none: into a new one first, which then takes the place of the old one.
 * Where somebody keeps more in the old one, or nothing can take its place, the files move into it one by one. If one of
 * them fails, all go back. If the process is killed meanwhile, the directory has some of both; the one that they move from
 * is left in there and tells, and the next render puts all right, because the list in there names the files of both until
 * the last is in its place. A file that no render wrote is never overwritten. `stale`: what becomes of files of an earlier
 * render that are not written again.
 */
export async function writeDirectory(given: string, files: Files, stale: Stale = 'refused'): Promise<void> {
  try {
    const target = lookAt(given, files, stale);
    await refuseForeign(given, files);
    await untilDone((pause) => replace(target, files, pause));
  } catch (error) {
    if (error instanceof Misuse) throw error;
    throw new Misuse(`"${given}" must be a writable directory, but ${reasonOf(error)}`);
  }
}

async function replace(target: Target, files: Files, pause: Pause): Promise<void> {
  const stage = makeStage(target);
  try {
    const made = join(stage, 'new');
    await fill(made, files, pause);
    const isSwapped = target.way !== 'in place' && swap(made, join(stage, 'old'), target, files);
    if (!isSwapped) moveFiles(stage, made, target, files);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** A directory that nobody else looks into, on the same file system, so that what is made in it can be moved. */
function makeStage({ real, way }: Target): string {
  if (way === 'in place') return mkdtempSync(join(real, UNFINISHED));
  mkdirSync(dirname(real), { recursive: true });
  return mkdtempSync(join(dirname(real), `.${basename(real)}${UNFINISHED}`));
}

/** So many files are written before signals are heard. */
const AT_ONCE = 32;

async function fill(directory: string, files: Files, pause: Pause): Promise<void> {
  mkdirSync(directory);
  let count = 0;
  for (const [path, pieces] of files) {
    if (count++ % AT_ONCE === 0) await pause();
    mkdirSync(join(directory, dirname(path)), { recursive: true });
    const descriptor = openSync(join(directory, path), 'wx');
    try {
      writeAll(descriptor, pieces);
    } finally {
      closeSync(descriptor);
    }
  }
  await pause();
}

/** Puts what is made into its place; false where somebody has put more into the old one meanwhile, which is left then. */
function swap(made: string, old: string, { real, way, mode, fate }: Target, files: Files): boolean {
  if (way === 'new') {
    renameSync(made, real);
    return true;
  }
  if (mode !== undefined) chmodSync(made, mode);
  renameSync(real, old);
  let isDone = false;
  try {
    if (hasMore(old, files, fate)) return false;
    renameSync(made, real);
    isDone = true;
    return true;
  } finally {
    if (!isDone) renameSync(old, real);
  }
}
