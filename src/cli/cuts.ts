import { dirname, join } from 'node:path';
import { FileReader } from '../io/index.ts';
import type { Problems } from '../problem/index.ts';
import { reportCut } from '../render/index.ts';
import { reportMissingFiles } from '../render/inventory.ts';
import { STDIN } from './files.ts';
import type { Loaded } from './load.ts';
import { Misuse, reasonOf } from './misuse.ts';

/**
 * Reports what is missing of a render, according to its own data: the first line of a stream, the list file of a
 * directory.
 */
export function reportCuts(loaded: Loaded, problems: Problems): void {
  const counts = new Map<string, number>();
  for (const { source } of loaded.items) {
    const name = source.name ?? '';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const { file } of loaded.findings.manifests) {
    const name = file === '-' ? STDIN : file;
    const bytes = loaded.bytesOf(name);
    if (bytes !== undefined) reportCut(bytes, counts.get(name) ?? 0, { file: name }, problems);
  }
  for (const { file, real } of loaded.findings.inventories) {
    const below = (path: string) => loaded.bytesOf(join(dirname(file), path));
    reportMissingFiles(file, textOf(file, real), below, problems);
  }
  for (const path of loaded.findings.unfinished) {
    const message = `a render was interrupted while it filled this directory, and left "${path}"; remove that, and render again`;
    problems.addAt('render-incomplete', { file: path }, message);
  }
}

function textOf(file: string, real: string): string {
  try {
    return new FileReader().read(real).toString('utf8');
  } catch (error) {
    throw new Misuse(`"${file}" must be readable, but ${reasonOf(error)}`);
  }
}
