import { posix } from 'node:path';
import { type LeftOut, sift } from '../ignore/index.ts';
import { isRead } from './found-files.ts';
import { git } from './git-command.ts';
import { Misuse } from './misuse.ts';

/** A file of a revision. */
export interface FileOfRevision {
  /** As messages name it: `git:main:deploy/groups.yaml`. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** What is read of a revision, and what is not. */
export interface FilesOfRevision {
  readonly files: readonly FileOfRevision[];
  readonly leftOut: readonly LeftOut[];
}

/** What `git:REV[:PATH]` names; without a path it is up to the caller. */
export interface Revision {
  readonly revision: string;
  readonly path: string | undefined;
}

export function parseRevision(text: string): Revision | undefined {
  const [, revision, path] = /^git:([^:]+)(?::(.*))?$/s.exec(text) ?? [];
  if (revision === undefined) return undefined;
  return { revision, path };
}

/**
 * The manifests of a path in a revision, read from the repository around the working directory without a checkout.
 * The path counts from the root of the repository, as git has it; one that begins with `./` or `../` from here.
 * None if the revision has no such path. `ignored` has patterns as in a `.gitignore` of the path.
 */
export function filesOfRevision(revision: string, path: string, ignored: readonly string[]): FilesOfRevision {
  const tree = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{tree}`], () => {
    return `"${revision}" must be a branch, tag or commit of this repository; fetch it, or check its name`;
  })
    .toString('utf8')
    .trim();
  const from = fromRoot(path);
  const blobs = entriesOf(tree, from).filter(({ type }) => type === 'blob');
  const { wanted, leftOut } = wantedOf(blobs, from, ignored);
  const named = (name: string) => `git:${revision}:${name}`;
  return {
    files: read(tree, wanted, revision).map(([name, bytes]) => ({ name: named(name), bytes })),
    leftOut: leftOut.map(({ path: left, why }) => ({ path: named(left), why })),
  };
}

/** The files to read of those under a path, and what the directories, or `ignored`, leave out. */
function wantedOf(
  blobs: readonly Entry[],
  from: string,
  ignored: readonly string[],
): { readonly wanted: Entry[]; readonly leftOut: readonly LeftOut[] } {
  if (blobs.some(({ name }) => name === from)) {
    return { wanted: blobs.filter(({ name }) => name === from), leftOut: [] };
  }
  const start = from === '' ? '' : `${from}/`;
  const byPath = new Map(
    blobs
      .filter(({ name }) => isBeside(name.slice(start.length)))
      .map((blob) => [blob.name.slice(start.length), blob]),
  );
  const text = (path: string) => {
    const { object, isLink } = byPath.get(path) ?? { object: '', isLink: true };
    return isLink ? undefined : git(['cat-file', 'blob', object]).toString('utf8');
  };
  const { kept, leftOut } = sift([...byPath.keys()], ignored, text, isRead);
  return {
    wanted: kept.filter((path) => isRead(path) && !isHidden(path)).flatMap((path) => byPath.get(path) ?? []),
    leftOut: leftOut.map(({ path, why }) => ({ path: `${start}${path}`, why })),
  };
}

/** What a tree has in it: files and links are blobs; a submodule is a commit, of another repository. */
interface Entry {
  readonly name: string;
  readonly type: string;
  readonly object: string;
  readonly isLink: boolean;
}

function entriesOf(tree: string, directory: string): Entry[] {
  const path = directory === '' ? [] : ['--', directory];
  const listed = git(['ls-tree', '-r', '-z', '--full-tree', tree, ...path])
    .toString('utf8')
    .split('\0');
  // `<mode> <type> <object>`, and behind a tab the name.
  return listed.flatMap((line) => {
    const tab = line.indexOf('\t');
    if (tab < 0) return [];
    const [mode = '', type = '', object = ''] = line.slice(0, tab).split(' ');
    return [{ name: line.slice(tab + 1), type, object, isLink: mode === LINK }];
  });
}

const LINK = '120000';

function fromRoot(path: string): string {
  const isRelative = path === '.' || path === '..' || /^\.\.?\//.test(path);
  const prefix = isRelative ? git(['rev-parse', '--show-prefix']).toString('utf8').trimEnd() : '';
  const normal = posix.normalize(posix.join(prefix, path)).replace(/^\/|\/$/g, '');
  if (normal === '..' || normal.startsWith('../')) {
    throw new Misuse(`"${path}" must be inside the repository`);
  }
  return normal === '.' ? '' : normal;
}

/** Whether a path is looked at in a directory: no hidden directory is. */
function isBeside(path: string): boolean {
  const directories = path.split('/').slice(0, -1);
  return !directories.some((name) => name.startsWith('.') || name === 'node_modules');
}

function isHidden(path: string): boolean {
  return path.slice(path.lastIndexOf('/') + 1).startsWith('.');
}

/** Reads blobs in one process; links are followed inside the tree, and lead nowhere else. */
function read(tree: string, entries: readonly Entry[], revision: string): [name: string, bytes: Buffer][] {
  if (entries.length === 0) return [];
  const odd = entries.find(({ name, isLink }) => isLink && name.includes('\n'));
  if (odd !== undefined) {
    throw new Misuse(`the name of the link ${JSON.stringify(odd.name)} must be on one line`);
  }
  const input = entries
    .map(({ name, object, isLink }) => (isLink ? `${tree}:${name}\n` : `${object}\n`))
    .join('');
  const output = git(['cat-file', '--batch', '--follow-symlinks'], () => lacking(revision), input);
  const files: [string, Buffer][] = [];
  let at = 0;
  for (const { name, isLink } of entries) {
    const eol = output.indexOf(10, at);
    const head = output.toString('utf8', at, eol);
    at = eol + 1;
    // `<id> blob <size>`; `<id> missing`; of a link that leads out, or nowhere, `symlink <size>` and the like.
    const words = head.split(' ');
    const length = Number(words.at(-1));
    if (!Number.isInteger(length)) throw new Misuse(lacking(revision, name));
    const type = words.length === 3 ? words[1] : undefined;
    if (type === undefined && isLink) {
      throw new Misuse(
        `"${name}" in "${revision}" must be a file, but is a link that leads out of the repository or nowhere; commit the file itself instead`,
      );
    }
    if (type === 'blob') files.push([name, output.subarray(at, at + length)]);
    at += length + 1;
  }
  return files;
}

/** A missing file may be the one that matters: without it a change can look safe. */
function lacking(revision: string, name?: string): string {
  const what = name === undefined ? 'all of' : `"${name}" of`;
  return `this repository must have ${what} "${revision}", but does not; if it is a partial clone, fetch the rest: \`git fetch --refetch --no-filter\`; otherwise it is damaged: \`git fsck\` says how`;
}
