import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { asFile, type Resource } from './resource.ts';

/** Writes a file once; later runs with the same inputs reuse it. Returns its path. */
export function storedFile(path: string, pieces: () => Iterable<string>): string {
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  const file = openSync(draft, 'w');
  let buffered = '';
  for (const piece of pieces()) {
    buffered += piece;
    if (buffered.length > 1 << 20) {
      writeSync(file, buffered);
      buffered = '';
    }
  }
  writeSync(file, buffered);
  closeSync(file);
  renameSync(draft, path);
  return path;
}

/** The same for a flat directory with one file per resource. */
export function storedDirectory(path: string, resources: () => Iterable<Resource>): string {
  if (existsSync(path)) return path;
  const draft = `${path}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  for (const resource of resources()) {
    writeFileSync(join(draft, resource.file.replaceAll('/', '-')), asFile(resource));
  }
  renameSync(draft, path);
  return path;
}
