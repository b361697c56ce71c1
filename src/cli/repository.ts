import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The path of a file from the root of the repository, as programs that look at a repository want it: from where GitHub
 * has checked it out, or else from the working directory. Undefined if it lies elsewhere, or is no file.
 */
export function pathInRepository(file: string): string | undefined {
  if (file.startsWith('<')) return undefined;
  const path = relative(process.env.GITHUB_WORKSPACE || process.cwd(), resolve(file));
  if (path === '' || path.startsWith('..') || isAbsolute(path)) return undefined;
  return path.split(sep).join('/');
}

/** The same as a relative URI; of a file elsewhere, its absolute one. */
export function uriInRepository(file: string): string | undefined {
  if (file.startsWith('<')) return undefined;
  const path = pathInRepository(file);
  return path === undefined ? pathToFileURL(file).href : path.split('/').map(encodeURIComponent).join('/');
}
