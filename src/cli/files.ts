import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Collected, Findings, Found } from './found-files.ts';
import { realOfGiven } from './inside.ts';
import { Misuse, reasonOf } from './misuse.ts';
import { Walk } from './walk.ts';

/** The name of standard input in messages. */
export const STDIN = '<stdin>';

/** Nothing yet. */
const collected = (): Collected => ({ manifests: [], leftOut: [], inventories: [], unfinished: [] });

/**
 * The manifests under paths, in the order of the paths and by name within a directory, each once however often it is
 * named. Hidden files and `node_modules` are left out, and what the directories say of themselves, or `ignored` of each:
 * patterns as in a `.gitignore`. Where that is undefined, everything is read. `-` stands for standard input. No link leads
 * out of a path.
 */
export function manifestsUnder(paths: readonly string[], ignored?: readonly string[]): Findings {
  const all = collected();
  const { manifests } = all;
  for (const path of paths) {
    if (path === '-') manifests.push({ file: path, real: path });
    else {
      const real = realOf(path);
      if (isDirectory(real)) addAll(path, real, all, ignored);
      else manifests.push({ file: path, real });
    }
  }
  // Under one path nothing comes twice.
  return { ...all, manifests: paths.length > 1 ? onlyOnce(manifests) : manifests };
}

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
  const all = collected();
  collect(directory, realOf(directory), all, undefined);
  return all.manifests.length > 0;
}

function collect(given: string, real: string, all: Collected, ignored: readonly string[] | undefined): void {
  try {
    new Walk(given, real, all, ignored).into(given, real);
  } catch (error) {
    if (error instanceof Misuse) throw error;
    throw new Misuse(`all of "${given}" must be readable, but ${reasonOf(error)}`);
  }
}

function addAll(given: string, real: string, all: Collected, ignored: readonly string[] | undefined): void {
  const count = all.manifests.length;
  const before = all.leftOut.length;
  collect(given, real, all, ignored);
  if (all.manifests.length > count) return;
  const [first] = all.leftOut.slice(before);
  const reason =
    first === undefined
      ? 'no file in it ends in .yaml, .yml or .json; check the path'
      : `"${first.path}" is left out, because ${first.why}`;
  throw new Misuse(`"${given}" must contain manifests, but ${reason}`);
}
