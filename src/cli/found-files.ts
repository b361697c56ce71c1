import type { LeftOut } from '../ignore/index.ts';

const MANIFEST = /\.(?:ya?ml|json)$/i;

export function isManifest(file: string): boolean {
  return MANIFEST.test(file);
}

/** A kpt package has the settings of its functions in a file without an extension. */
export function isKptfileName(file: string): boolean {
  return /(?:^|\/)Kptfile$/.test(file);
}

/** Whether a file of this name is read in a directory. */
export function isRead(file: string): boolean {
  return isManifest(file) || isKptfileName(file);
}

/** The names that kustomize looks for. */
export function isKustomizationName(file: string): boolean {
  return /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(file);
}

/** A file to read: its name, and its real path without links. For standard input both are `-`. */
export interface Found {
  readonly file: string;
  readonly real: string;
}

/** What is under paths. */
export interface Findings {
  readonly manifests: readonly Found[];
  readonly leftOut: readonly LeftOut[];
  /** The list files of renders, and the leftovers of interrupted ones. */
  readonly inventories: readonly Found[];
  readonly unfinished: readonly string[];
}

/** What is under paths while it is collected. */
export type Collected = { readonly [what in keyof Findings]: Findings[what][number][] };
