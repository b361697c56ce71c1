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

/** The file in which a directory of a render says what is in it. No engine reads a file of that name. */
export const INVENTORY = '.tidb-groups';

/** How a directory's name begins, in the directory that it fills, as long as it is not done. */
export const UNFINISHED = '.tidb-groups-';

/** The directory that a render goes into. */
export interface Target {
  readonly real: string;
  /** As one that is not there yet, in place of the one that is, or file by file into that. */
  readonly way: 'new' | 'swap' | 'in place';
  /** Permissions of the one that is there. */
  readonly mode?: number;
}

/**
 * Looks at a directory that files are to be written into, by their paths. Manifests in it that would not be written
 * again are an error, as an engine would apply them still, and so are links where a file or directory is to be.
 */
export function lookAt(given: string, files: ReadonlyMap<string, unknown>): Target {
  const there = lstatSync(given, { throwIfNoEntry: false });
  if (there === undefined) {
    // It would be made with another name.
    if (given.includes('\ufffd')) throw new Misuse(`"${given}" must have a name in UTF-8; use another name`);
    return { real: resolve(given), way: 'new' };
  }
  const real = realOfGiven(given);
  const stats = statSync(real);
  const others = othersIn(given, real, files);
  const way = others || !canBeReplaced(real, stats) ? 'in place' : 'swap';
  return { real, way, mode: stats.mode & 0o7777 };
}

/** Whether somebody has put more into a directory since that was looked at. */
export function hasMore(directory: string, files: ReadonlyMap<string, unknown>): boolean {
  return othersIn(directory, directory, files);
}

/** Whether anything is in there beside the files and their directories. */
function othersIn(given: string, real: string, files: ReadonlyMap<string, unknown>): boolean {
  const directories = new Set(
    [...files.keys()].map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))),
  );
  const left: string[] = [];
  let others = false;
  const look = (directory: string) => {
    for (const entry of readdirSync(join(real, directory), { withFileTypes: true })) {
      const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
      if (files.has(path) || directories.has(path)) checkKind(entry, join(given, path), files.has(path));
      if (files.has(path)) continue;
      if (!directories.has(path)) others = true;
      if (path.startsWith('.')) continue;
      if (entry.isDirectory()) look(path);
      else if (/\.ya?ml$/.test(path)) left.push(join(given, path));
    }
  };
  look('');
  if (left.length > 0) throw new Misuse(leftOver(left));
  return others;
}

function checkKind(entry: Dirent, path: string, isFile: boolean): void {
  if (isFile ? entry.isFile() : entry.isDirectory()) return;
  const what = isFile ? 'a file' : 'a directory';
  throw new Misuse(
    `"${path}" must be ${what} to be written${entry.isSymbolicLink() ? ', but is a link' : ''}; remove it`,
  );
}

function leftOver(left: readonly string[]): string {
  const listed = [...left].sort().slice(0, 5);
  const more = left.length > 5 ? ` and ${left.length - 5} more` : '';
  return `the output directory must contain only the manifests of this render; remove ${listed.map((file) => `"${file}"`).join(', ')}${more}`;
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
