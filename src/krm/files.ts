import {
  type Annotated,
  INDEX,
  INTERNAL_INDEX,
  INTERNAL_PATH,
  KUSTOMIZE_ID,
  PACKAGE,
  PATH,
} from './annotations.ts';

/** Where the path of a file may stand; the first that is there counts. */
export const PATHS: readonly string[] = [PATH, INTERNAL_PATH];
const INDEXES = [INDEX, INTERNAL_INDEX];

type Annotation = (key: string) => string | undefined;

/** The file of a resource, in its package. */
export function fileOf(annotation: Annotation): string | undefined {
  const path = first(PATHS, annotation);
  return path === undefined ? undefined : `${annotation(PACKAGE) ?? ''}:${path}`;
}

/** The position of a resource in its file; 0 where none is written. */
export function indexOf(annotation: Annotation): number {
  return Number(first(INDEXES, annotation) ?? 0);
}

function first(keys: readonly string[], annotation: Annotation): string | undefined {
  for (const key of keys) {
    const value = annotation(key);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Whether kustomize has handed out an item. A second function gets paths from it, too, of no file. */
export function isOfKustomize(item: Annotated): boolean {
  return item.annotation(KUSTOMIZE_ID) !== undefined;
}

/** Whether an item goes back into the file that it came from, as in a kpt package. */
export function isWrittenBack(item: Annotated): boolean {
  return fileOf((key) => item.annotation(key)) !== undefined && !isOfKustomize(item);
}

/**
 * The annotations by which kpt files a new resource: next to its group, one file for all of a group's. None where
 * the group itself has no path.
 */
export function placeNextTo(group: Annotated, stem: string, index: number): Record<string, string> {
  const annotations = group.annotations();
  const placed: Record<string, string> = {};
  PATHS.forEach((key, position) => {
    const path = annotations[key];
    if (path === undefined) return;
    placed[key] = fileNextTo(path, group.name, stem);
    placed[INDEXES[position] ?? ''] = String(index);
  });
  const inPackage = annotations[PACKAGE];
  if (inPackage !== undefined && Object.keys(placed).length > 0) placed[PACKAGE] = inPackage;
  return placed;
}

function fileNextTo(path: string, name: string, stem: string): string {
  return `${path.slice(0, path.lastIndexOf('/') + 1)}${name}-${stem}.yaml`;
}
