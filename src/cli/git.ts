import { spawnSync } from 'node:child_process';
import { posix } from 'node:path';
import { isKptfileName, isManifest } from './files.ts';
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
 * None where the revision has no such path.
 */
export function filesOfRevision(revision: string, path: string): FileOfRevision[] {
  const tree = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{tree}`], () => {
    return `"${revision}" must be a branch, tag or commit of the repository here; fetch it, or check its name`;
  })
    .toString('utf8')
    .trim();
  const from = fromRoot(path);
  const listed = git([
    'ls-tree',
    '-r',
    '-z',
    '--full-tree',
    '--name-only',
    tree,
    ...(from === '' ? [] : ['--', from]),
  ])
    .toString('utf8')
    .split('\0')
    .filter((name) => name !== '');
  const wanted = listed.filter((name) => name === from || isManifestUnder(from, name));
  return read(tree, wanted).map(([name, bytes]) => ({ name: `git:${revision}:${name}`, bytes }));
}

function fromRoot(path: string): string {
  const isRelative = path === '.' || path === '..' || /^\.\.?\//.test(path);
  const prefix = isRelative ? git(['rev-parse', '--show-prefix']).toString('utf8').trimEnd() : '';
  const normal = posix.normalize(posix.join(prefix, path)).replace(/^\/|\/$/g, '');
  if (normal === '..' || normal.startsWith('../')) {
    throw new Misuse(`"${path}" must be inside of the repository`);
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

/** Reads blobs in one process; links are followed inside of the tree, and lead nowhere else. */
function read(tree: string, names: readonly string[]): [name: string, bytes: Buffer][] {
  if (names.length === 0) return [];
  const odd = names.find((name) => name.includes('\n'));
  if (odd !== undefined) throw new Misuse(`the name of the file ${JSON.stringify(odd)} must be on one line`);
  const input = names.map((name) => `${tree}:${name}\n`).join('');
  const output = git(['cat-file', '--batch', '--follow-symlinks'], undefined, input);
  const files: [string, Buffer][] = [];
  let at = 0;
  for (const name of names) {
    const eol = output.indexOf(10, at);
    const head = output.toString('utf8', at, eol);
    at = eol + 1;
    if (head.endsWith(' missing')) continue;
    // `<id> blob <size>`; of a link that leads out, or nowhere, `symlink <size>` and the like.
    const words = head.split(' ');
    const length = Number(words.at(-1));
    if (words.length === 3 && words[1] === 'blob') files.push([name, output.subarray(at, at + length)]);
    at += length + 1;
  }
  return files;
}

const MOST = 2 ** 31 - 1;

function git(args: readonly string[], explain?: () => string, input = ''): Buffer {
  const { error, status, stdout, stderr } = spawnSync('git', args, { input, maxBuffer: MOST });
  if (error !== undefined) throw new Misuse(`git must be installed to read a revision, but ${error.message}`);
  if (status === 0) return stdout;
  const said = stderr.toString('utf8').trim().split('\n')[0] ?? '';
  throw new Misuse(explain?.() ?? `git ${args[0]} failed: ${said}`);
}
