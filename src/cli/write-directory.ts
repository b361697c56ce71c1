import { closeSync, existsSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeAll } from '../io/index.ts';
import type { Manifest } from '../render/index.ts';
import { Misuse, reasonOf } from './misuse.ts';

/**
 * Writes one file a resource: `<kind>_<name>.yaml`, in a directory of its namespace where it has one. Files that are
 * already there and would not be written again stop it before anything is written: an engine would apply them still.
 */
export function writeDirectory(directory: string, manifests: readonly Manifest[]): void {
  const files = new Map<string, Manifest>();
  for (const manifest of manifests) files.set(freeName(files, manifest), manifest);
  try {
    rejectLeftovers(directory, new Set(files.keys()));
    for (const [file, { namespace, text }] of files) {
      mkdirSync(join(directory, namespace), { recursive: true });
      const descriptor = openSync(join(directory, file), 'w');
      writeAll(descriptor, [text]);
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof Misuse) throw error;
    throw new Misuse(`"${directory}" must be a directory that can be written, but ${reasonOf(error)}`);
  }
}

function freeName(files: ReadonlyMap<string, Manifest>, { kind, name, namespace }: Manifest): string {
  const base = join(namespace, `${kind.toLowerCase()}_${name.replaceAll(/[^\w.-]/g, '_')}`);
  let file = `${base}.yaml`;
  for (let count = 2; files.has(file); count++) file = `${base}-${count}.yaml`;
  return file;
}

function rejectLeftovers(directory: string, written: ReadonlySet<string>): void {
  if (!existsSync(directory)) return;
  const there = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const left = there.filter((file) => /\.ya?ml$/.test(file) && !file.startsWith('.') && !written.has(file));
  if (left.length === 0) return;
  const listed = left
    .sort()
    .slice(0, 5)
    .map((file) => `"${join(directory, file)}"`)
    .join(', ');
  throw new Misuse(
    `the output directory must hold no manifests but those of this render; remove ${listed}${left.length > 5 ? ` and ${left.length - 5} more` : ''}`,
  );
}
