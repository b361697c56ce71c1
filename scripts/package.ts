import { readFileSync } from 'node:fs';

/** What package.json says of a release. */
export interface Package {
  readonly version: string;
  readonly license: string;
  /** The page of the repository. */
  readonly home: string;
}

/** Reads the package.json of a directory. */
export function readPackage(root: string): Package {
  const text = readFileSync(`${root}/package.json`, 'utf8');
  const { version, license, repository }: { version: string; license: string; repository: { url: string } } =
    JSON.parse(text);
  return { version, license, home: repository.url.replace(/^git\+|\.git$/g, '') };
}
