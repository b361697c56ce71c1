import { below, type Folder, Sieve } from './sieve.ts';

/** A file or directory that is not read. */
export interface LeftOut {
  /** A directory ends in a slash. */
  readonly path: string;
  /** `it is a Helm chart`. */
  readonly why: string;
}

/** What becomes of the files of a listing. */
export interface Sifted {
  readonly kept: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * The same for a listing of paths as for a directory with such files. `text` reads one of them, and `matters` tells which
 * are worth a word if they are left out.
 */
export function sift(
  paths: readonly string[],
  ignored: readonly string[],
  text: (path: string) => string | undefined,
  matters: (path: string) => boolean,
): Sifted {
  const namesIn = namesByDirectory(paths);
  const sieves = new Map<string, Sieve | undefined>();
  const leftOut = new Map<string, string>();
  const folderOf = (path: string): Folder => ({
    path,
    names: [...(namesIn.get(path) ?? [])],
    text: (name) => text(below(path, name)),
  });
  /** Undefined where nothing of the directory is looked at. */
  const sieveOf = (path: string): Sieve | undefined => {
    if (sieves.has(path)) return sieves.get(path);
    const sieve = path === '' ? Sieve.at(folderOf(''), ignored) : sieveBelow(path);
    if (sieve?.whyAll !== undefined && sieve.whyAll !== aboveOf(path)?.whyAll)
      leftOut.set(`${path}/`, sieve.whyAll);
    const own = sieve?.isEnd ? undefined : sieve;
    sieves.set(path, own);
    return own;
  };
  const aboveOf = (path: string) => (path === '' ? undefined : sieveOf(directoryOf(path)));
  const sieveBelow = (path: string): Sieve | undefined => {
    const above = aboveOf(path);
    const why = above?.why(nameOf(path), true);
    if (why !== undefined) leftOut.set(`${path}/`, why);
    return why === undefined ? above?.into(folderOf(path)) : undefined;
  };
  const kept = paths.filter((path) => {
    const sieve = sieveOf(directoryOf(path));
    const why = sieve?.why(nameOf(path), false);
    if (why !== undefined && why !== sieve?.whyAll && matters(path)) leftOut.set(path, why);
    return sieve !== undefined && why === undefined;
  });
  return { kept, leftOut: [...leftOut].map(([path, why]) => ({ path, why })) };
}

function namesByDirectory(paths: readonly string[]): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const path of paths) {
    for (let at = path; at !== ''; at = directoryOf(at)) {
      const directory = directoryOf(at);
      const own = names.get(directory) ?? new Set();
      if (own.has(nameOf(at))) break;
      names.set(directory, own.add(nameOf(at)));
    }
  }
  return names;
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
