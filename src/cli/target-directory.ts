import {
  accessSync,
  constants,
  type Dirent,
  lstatSync,
  readdirSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { realOfGiven } from './inside.ts';
import { Misuse } from './misuse.ts';
import { leftOver, type Stale, staleIn } from './stale-files.ts';

/** How a directory's name begins, in the directory that it fills, as long as it is not done. */
export const UNFINISHED = '.tidb-groups-';

/** The directory that a render goes into. */
export interface Target {
  readonly real: string;
  /** As one that is not there yet, in place of the one that is, or file by file into that. */
  readonly way: 'new' | 'swap' | 'in place';
  /** Permissions of the one that is there. */
  readonly mode?: number;
  /** The files of an earlier render that are to go, by their paths in it. */
  readonly stale: readonly string[];
  readonly fate: Stale;
}

/**
 * Looks at a directory that files are to be written into, by their paths. Manifests in it that would not be written
 * again are an error, as an engine would apply them still, and so are links where a file or directory is to be.
 * `fate`: what is to become of those of an earlier render.
 */
export function lookAt(given: string, files: ReadonlyMap<string, unknown>, fate: Stale): Target {
  const there = lstatSync(given, { throwIfNoEntry: false });
  if (there === undefined) {
    // It would be made with another name.
    if (given.includes('\ufffd')) throw new Misuse(`"${given}" must have a name in UTF-8; use another name`);
    return { real: resolve(given), way: 'new', stale: [], fate };
  }
  const real = realOfGiven(given);
  const stats = statSync(real);
  const { hasOthers, stale } = foundIn(given, real, files, fate);
  const way = hasOthers || !canBeReplaced(real, stats) ? 'in place' : 'swap';
  return { real, way, mode: stats.mode & 0o7777, stale, fate };
}

/** Whether somebody has put more into a directory since that was looked at. */
export function hasMore(directory: string, files: ReadonlyMap<string, unknown>, fate: Stale): boolean {
  return foundIn(directory, directory, files, fate).hasOthers;
}

/** Whether anything is in there beside the files, what is to go, and their directories; and what is to go. */
function foundIn(
  given: string,
  real: string,
  files: ReadonlyMap<string, unknown>,
  fate: Stale,
): { readonly hasOthers: boolean; readonly stale: readonly string[] } {
  const earlier = staleIn(real, files);
  const directories = directoriesOf(files.keys());
  const prunes = fate === 'removed';
  const goes = prunes ? directoriesOf(earlier) : new Set<string>();
  const stale: string[] = [];
  const left: string[] = [];
  let hasOthers = false;
  const look = (directory: string) => {
    for (const entry of readdirSync(join(real, directory), { withFileTypes: true })) {
      const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
      if (files.has(path) || directories.has(path)) checkKind(entry, join(given, path), files.has(path));
      if (files.has(path)) continue;
      const isManifest = !path.startsWith('.') && !entry.isDirectory() && /\.ya?ml$/.test(path);
      if (isManifest && earlier.has(path)) stale.push(path);
      else if (isManifest) left.push(join(given, path));
      const isKnown = directories.has(path) || goes.has(path) || (isManifest && earlier.has(path));
      if (!isKnown) hasOthers = true;
      if (!path.startsWith('.') && entry.isDirectory()) look(path);
    }
  };
  look('');
  if (left.length > 0 || (stale.length > 0 && !prunes)) {
    throw new Misuse(
      leftOver(
        stale.map((path) => join(given, path)),
        left,
        fate,
      ),
    );
  }
  return { hasOthers, stale };
}

function directoriesOf(paths: Iterable<string>): Set<string> {
  return new Set([...paths].map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))));
}

function checkKind(entry: Dirent, path: string, isFile: boolean): void {
  if (isFile ? entry.isFile() : entry.isDirectory()) return;
  const what = isFile ? 'a file' : 'a directory';
  throw new Misuse(
    `"${path}" must be ${what} to be written${entry.isSymbolicLink() ? ', but is a link' : ''}; remove it`,
  );
}

/** Not a working directory, another user's directory, or a mount point. */
function canBeReplaced(real: string, { dev, uid }: Stats): boolean {
  const parent = dirname(real);
  const here = realpathSync.native('.');
  if (here === real || here.startsWith(join(real, sep))) return false;
  if (statSync(parent).dev !== dev || (process.getuid?.() ?? uid) !== uid) return false;
  try {
    accessSync(parent, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
