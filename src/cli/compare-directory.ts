import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FileReader } from '../io/index.ts';
import type { Piece } from '../list/index.ts';
import { realOfGiven } from './inside.ts';
import { Misuse, reasonOf } from './misuse.ts';
import type { Files } from './write-directory.ts';

/** How a directory differs from the files that would be written to it, a line each: `rendered/a.yaml: differs`. */
export function differencesIn(given: string, files: Files): string[] {
  const there = new Set(isThere(given) ? manifestsIn(realOfGiven(given)) : []);
  const lines = [...files].flatMap(([path, pieces]) => {
    const what = isThere(join(given, path)) ? differs(join(realOfGiven(given), path), pieces) : 'missing';
    return what === undefined ? [] : [`${join(given, path)}: ${what}`];
  });
  const left = [...there].filter((path) => !files.has(path));
  return [...lines, ...left.map((path) => `${join(given, path)}: no longer rendered`)].sort();
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function differs(real: string, pieces: readonly Piece[]): string | undefined {
  try {
    const expected = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
    return new FileReader().read(real).equals(expected) ? undefined : 'differs';
  } catch (error) {
    throw new Misuse(`"${real}" must be readable, but ${reasonOf(error)}`);
  }
}

/** The files that an engine would apply. */
function manifestsIn(directory: string): string[] {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => /\.ya?ml$/.test(path) && !path.startsWith('.'));
}
