import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FileReader } from '../io/index.ts';
import { bytesOfPieces, type Piece } from '../list/index.ts';
import { foreignIn } from './foreign-files.ts';
import { realOfGiven } from './inside.ts';
import { isThere } from './is-there.ts';
import { Misuse, reasonOf } from './misuse.ts';
import { listedIn } from './stale-files.ts';
import type { Files } from './write-directory.ts';

/** How a directory differs from the files that would be written to it, a line each: `rendered/a.yaml: differs`. */
export async function differencesIn(given: string, files: Files): Promise<string[]> {
  const isMade = isThere(given);
  const there = new Set(isMade ? manifestsIn(realOfGiven(given)) : []);
  const listed = isMade ? listedIn(realOfGiven(given)) : new Set();
  const foreign = new Set(isMade ? await foreignIn(realOfGiven(given), files) : []);
  const lines = [...files].flatMap(([path, pieces]) => {
    if (foreign.has(path)) return [`${join(given, path)}: ${FOREIGN}`];
    const what = isThere(join(given, path)) ? differs(join(realOfGiven(given), path), pieces) : 'missing';
    return what === undefined ? [] : [`${join(given, path)}: ${what}`];
  });
  const left = [...there].filter((path) => !files.has(path));
  const whyLeft = (path: string) => (listed.has(path) ? 'no longer rendered' : FOREIGN);
  return [...lines, ...left.map((path) => `${join(given, path)}: ${whyLeft(path)}`)].sort();
}

const FOREIGN = 'not written by a render; move it to another directory';

function differs(real: string, pieces: readonly Piece[]): string | undefined {
  try {
    return new FileReader().read(real).equals(bytesOfPieces(pieces)) ? undefined : 'differs';
  } catch (error) {
    throw new Misuse(`"${real}" must be readable, but ${reasonOf(error)}`);
  }
}

/** The files that an engine would apply. */
function manifestsIn(directory: string): string[] {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => /\.ya?ml$/.test(path) && !path.startsWith('.'));
}
