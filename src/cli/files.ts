import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Misuse, reasonOf } from './misuse.ts';

const MANIFEST = /\.(?:ya?ml|json)$/i;

/** What standard input goes by in messages. */
export const STDIN = '<stdin>';

export function isManifest(file: string): boolean {
  return MANIFEST.test(file);
}

/** A kpt package has the settings of its functions in a file without an ending. */
export function isKptfileName(file: string): boolean {
  return /(?:^|\/)Kptfile$/.test(file);
}

/**
 * The manifests under paths, in the order of the paths and by name within a directory, each once however often it is
 * named. Hidden files and `node_modules` are left out; `-` stands for standard input.
 */
export function manifestsUnder(paths: readonly string[]): string[] {
  const files: string[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    if (path === '-') files.push(path);
    else if (isDirectory(path)) addAll(path, files, seen);
    else files.push(path);
  }
  // Under one path nothing comes twice.
  return paths.length > 1 ? onlyOnce(files) : files;
}

function onlyOnce(files: readonly string[]): string[] {
  const first = new Map<string, string>();
  for (const file of files) {
    const key = file === '-' ? file : resolve(file);
    if (!first.has(key)) first.set(key, file);
  }
  return [...first.values()];
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new Misuse(`"${path}" must be a file or a directory, but ${reasonOf(error)}`);
  }
}

function addAll(directory: string, files: string[], seen: Set<string>): void {
  const before = seen.size;
  const count = files.length;
  try {
    walk(directory, files, seen);
  } catch (error) {
    if (error instanceof Misuse) throw error;
    throw new Misuse(`all of "${directory}" must be readable, but ${reasonOf(error)}`);
  }
  if (files.length > count || seen.size === before) return;
  throw new Misuse(
    `"${directory}" must hold manifests, but there is no file in it that ends in .yaml, .yml or .json; check the path`,
  );
}

function walk(directory: string, files: string[], seen: Set<string>): void {
  // A link that leads back up would never end.
  const real = realpathSync(directory);
  if (seen.has(real)) return;
  seen.add(real);
  const entries = readdirSync(directory, { withFileTypes: true });
  // join() would normalise the directory once more for every file.
  const base = join(directory, 'x').slice(0, -1);
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = `${base}${entry.name}`;
    const kind = kindOf(entry, path);
    if (kind === 'directory') walk(path, files, seen);
    else if (kind === 'file' && (isManifest(entry.name) || isKptfileName(entry.name))) files.push(path);
  }
}

function kindOf(entry: Dirent, path: string): 'directory' | 'file' | 'other' {
  const stats = entry.isSymbolicLink() ? follow(path) : entry;
  if (stats?.isDirectory()) return 'directory';
  return stats?.isFile() ? 'file' : 'other';
}

/** A link that leads nowhere matters only where a manifest should be. */
function follow(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (MANIFEST.test(path)) throw new Misuse(`"${path}" must be readable, but ${reasonOf(error)}`);
    return undefined;
  }
}
