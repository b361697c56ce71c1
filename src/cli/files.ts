import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { realInside, realOfGiven } from './inside.ts';
import { Misuse, reasonOf } from './misuse.ts';
import { INVENTORY, UNFINISHED } from './target-directory.ts';

const MANIFEST = /\.(?:ya?ml|json)$/i;

/** The name of standard input in messages. */
export const STDIN = '<stdin>';

export function isManifest(file: string): boolean {
  return MANIFEST.test(file);
}

/** A kpt package has the settings of its functions in a file without an extension. */
export function isKptfileName(file: string): boolean {
  return /(?:^|\/)Kptfile$/.test(file);
}

/** A file to read: its name, and its real path without links. For standard input both are `-`. */
export interface Found {
  readonly file: string;
  readonly real: string;
}

/** What is under paths. */
export interface Findings {
  readonly manifests: readonly Found[];
  /** The list files of renders, and the leftovers of interrupted ones. */
  readonly inventories: readonly Found[];
  readonly unfinished: readonly string[];
}

/**
 * The manifests under paths, in the order of the paths and by name within a directory, each once however often it is
 * named. Hidden files and `node_modules` are left out; `-` stands for standard input. No link leads out of a path.
 */
export function manifestsUnder(paths: readonly string[]): Findings {
  const manifests: Found[] = [];
  const inventories: Found[] = [];
  const unfinished: string[] = [];
  for (const path of paths) {
    if (path === '-') manifests.push({ file: path, real: path });
    else {
      const real = realOf(path);
      if (isDirectory(real)) addAll(path, real, { manifests, inventories, unfinished });
      else manifests.push({ file: path, real });
    }
  }
  // Under one path nothing comes twice.
  return { manifests: paths.length > 1 ? onlyOnce(manifests) : manifests, inventories, unfinished };
}

/** The same while it is collected. */
type Collected = { readonly [what in keyof Findings]: Findings[what][number][] };

function onlyOnce(files: readonly Found[]): Found[] {
  const first = new Map<string, Found>();
  for (const found of files) {
    const key = found.file === '-' ? found.file : resolve(found.file);
    if (!first.has(key)) first.set(key, found);
  }
  return [...first.values()];
}

function realOf(path: string): string {
  try {
    return realOfGiven(path);
  } catch (error) {
    if (error instanceof Misuse) throw error;
    throw new Misuse(`"${path}" must be a file or a directory, but ${reasonOf(error)}`);
  }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new Misuse(`"${path}" must be a file or a directory, but ${reasonOf(error)}`);
  }
}

/** Whether there is any manifest in a directory. */
export function holdsManifests(directory: string): boolean {
  const collected: Collected = { manifests: [], inventories: [], unfinished: [] };
  collect(directory, realOf(directory), collected);
  return collected.manifests.length > 0;
}

function collect(given: string, real: string, collected: Collected): void {
  try {
    new Walk(given, real, collected).into(given, real);
  } catch (error) {
    if (error instanceof Misuse) throw error;
    throw new Misuse(`all of "${given}" must be readable, but ${reasonOf(error)}`);
  }
}

function addAll(given: string, real: string, collected: Collected): void {
  const count = collected.manifests.length;
  collect(given, real, collected);
  if (collected.manifests.length > count) return;
  throw new Misuse(
    `"${given}" must contain manifests, but no file in it ends in .yaml, .yml or .json; check the path`,
  );
}

/** Collects the manifests of a directory. */
class Walk {
  /** A link that leads back up would never end. */
  private readonly seen = new Set<string>();

  constructor(
    private readonly given: string,
    private readonly root: string,
    private readonly collected: Collected,
  ) {}

  into(directory: string, real: string): void {
    if (this.seen.has(real)) return;
    this.seen.add(real);
    const entries = entriesOf(directory, real);
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    // join() would normalize the directory once more for every file.
    const base = join(directory, 'x').slice(0, -1);
    const realBase = join(real, 'x').slice(0, -1);
    for (const entry of entries) {
      const { name } = entry;
      if (name.startsWith('.')) this.note(entry, `${base}${name}`, `${realBase}${name}`);
      if (name.startsWith('.') || name === 'node_modules') continue;
      if (entry.isSymbolicLink()) this.follow(`${base}${name}`);
      else this.take(entry, `${base}${name}`, `${realBase}${name}`);
    }
  }

  private take(entry: Dirent | Stats, path: string, real: string): void {
    if (entry.isDirectory()) this.into(path, real);
    else if (entry.isFile() && (isManifest(path) || isKptfileName(path)))
      this.collected.manifests.push({ file: path, real });
  }

  private note(entry: Dirent, path: string, real: string): void {
    if (entry.name === INVENTORY && entry.isFile()) this.collected.inventories.push({ file: path, real });
    if (entry.name.startsWith(UNFINISHED) && entry.isDirectory()) this.collected.unfinished.push(path);
  }

  private follow(path: string): void {
    const stats = behind(path);
    // The location of files that are not read does not matter.
    if (stats === undefined || !(stats.isDirectory() || isManifest(path) || isKptfileName(path))) return;
    this.take(stats, path, realInside(path, this.given, this.root));
  }
}

function entriesOf(directory: string, real: string): Dirent[] {
  try {
    return readdirSync(real, { withFileTypes: true });
  } catch (error) {
    throw new Misuse(`all of "${directory}" must be readable, but ${reasonOf(error)}`);
  }
}

/** The target of a link. A dangling link matters only if it should be a manifest. */
function behind(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (isManifest(path)) throw new Misuse(`"${path}" must be readable, but ${reasonOf(error)}`);
    return undefined;
  }
}
