import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isKustomizationName, isRead } from './found-files.ts';
import { realOfGiven } from './inside.ts';
import { Misuse, reasonOf } from './misuse.ts';

/** The contents of new files, by their names. */
export type NewFiles = ReadonlyMap<string, string | Buffer>;

/**
 * Throws if a directory has manifests, but for one file: a kpt package would take them in, and a kustomization beside
 * them is for somebody to edit.
 */
export function checkIsFree(directory: string, except: string | undefined): void {
  const there = entriesOf(directory).find(
    (name) => name !== except && (isRead(name) || isKustomizationName(name)),
  );
  if (there === undefined) return;
  throw new Misuse(
    `"${directory}" must be a directory without manifests, but has "${there}"; name a new one`,
  );
}

function entriesOf(directory: string): string[] {
  try {
    if (!existsSync(directory)) return [];
    return readdirSync(realOfGiven(directory)).sort();
  } catch (error) {
    if (error instanceof Misuse) throw error;
    throw new Misuse(`"${directory}" must be a directory, but ${reasonOf(error)}`);
  }
}

/** Writes files that are not there yet: all of them, or none. */
export function writeNewFiles(directory: string, files: NewFiles): void {
  const made: string[] = [];
  let path = directory;
  try {
    mkdirSync(directory, { recursive: true });
    for (const [name, contents] of files) {
      path = join(directory, name);
      writeFileSync(path, contents, { flag: 'wx' });
      made.push(path);
    }
  } catch (error) {
    for (const written of made) rmSync(written);
    throw new Misuse(`"${path}" must be a new file, but ${reasonOf(error)}`);
  }
}
