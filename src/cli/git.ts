import { posix } from 'node:path';
import { isKptfileName, isManifest } from './files.ts';
import { git } from './git-command.ts';
import { Misuse } from './misuse.ts';

/** A file of a revision. */
export interface FileOfRevision {
  /** As messages name it: `git:main:deploy/groups.yaml`. */
  readonly name: string;
  readonly bytes: Buffer;
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
 * None if the revision has no such path.
 */
export function filesOfRevision(revision: string, path: string): FileOfRevision[] {
  const tree = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{tree}`], () => {
    return `"${revision}" must be a branch, tag or commit of this repository; fetch it, or check its name`;
  })
    .toString('utf8')
    .trim();
  const from = fromRoot(path);
  const wanted = entriesOf(tree, from).filter(
    ({ name, type }) => type === 'blob' && (name === from || isManifestUnder(from, name)),
  );
  return read(tree, wanted, revision).map(([name, bytes]) => ({ name: `git:${revision}:${name}`, bytes }));
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

/** The same files as of a directory: none that is hidden, and none that is no manifest or Kptfile. */
function isManifestUnder(directory: string, name: string): boolean {
  const below = directory === '' ? name : name.slice(directory.length + 1);
  const parts = below.split('/');
  const isRead = isManifest(name) || isKptfileName(name);
  return isRead && !parts.some((part) => part.startsWith('.') || part === 'node_modules');
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
