/** Which files of a directory are left out of what is read, and why. */
export { IgnorePatterns } from './ignore-pattern.ts';
export { KRMIGNORE, KrmIgnore } from './krmignore.ts';
export { filesOfKustomization, type NamedFile } from './kustomization-files.ts';
export { type LeftOut, sift } from './listing.ts';
export { below, type Folder, Sieve } from './sieve.ts';
