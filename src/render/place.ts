import { type Item, mentioning } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { show } from '../validate/index.ts';

const PATHS = ['config.kubernetes.io/path', 'internal.config.kubernetes.io/path'];
const INDEXES = ['config.kubernetes.io/index', 'internal.config.kubernetes.io/index'];
/** On every item that kustomize hands to a function; a second function gets paths from it, too, of no file. */
const KUSTOMIZE = 'kustomize.config.k8s.io/id';
const PACKAGE = 'internal.config.kubernetes.io/package-path';

/**
 * Node finds a text of up to 7 characters several times as fast as a longer one; a few resources too many do no harm.
 */
const ENDING = 7;

/**
 * The annotations by which kpt files a new resource: next to its group, one file for all of a group's. None if
 * the group itself has no path.
 */
export function placeNextTo(group: Item, stem: string, index: number): Record<string, string> {
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

/**
 * Reports a group whose own file is none of a package: the path may come from anywhere, and whoever writes the render
 * goes by it.
 */
export function checkPlace(group: Item, problems: Problems): void {
  for (const key of PATHS) {
    const path = group.annotation(key);
    if (path === undefined || isInPackage(path)) continue;
    const message = `\`metadata.annotations["${key}"]\` is ${show(path)}, which must be the path of a file in the package, from its root and without \`..\`: the group's resources are written next to it; remove the annotation`;
    problems.add('file-path', group, ['metadata', 'annotations', key], message);
    return;
  }
}

/** NUL ends a path for the system, other control characters a line for whoever reads it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are meant.
const NO_PATH = /[\\\0-\x1f\x7f]|^[A-Za-z]:/;

function isInPackage(path: string): boolean {
  return !NO_PATH.test(path) && path.split('/').every((part) => part !== '' && part !== '..');
}

/** Hands out the free positions in each file, past those that resources already have. */
export class Positions {
  private readonly next = new Map<string, number>();
  /** Endings of names of files whose resources are counted. */
  private readonly counted = new Set<string>();

  constructor(private readonly items: readonly Item[]) {}

  take(file: string): number {
    const ending = file.slice(-ENDING);
    if (!this.counted.has(ending)) {
      this.count(this.items.filter((item) => item.isRead));
      this.count(mentioning(this.items, ending).filter((item) => item.readQuickly()));
      this.counted.add(ending);
    }
    const index = this.next.get(file) ?? 0;
    this.next.set(file, index + 1);
    return index;
  }

  private count(items: readonly Item[]): void {
    for (const item of items) {
      const file = fileOf((key) => item.annotation(key));
      if (file === undefined) continue;
      const index = Number(first(INDEXES, (key) => item.annotation(key)) ?? 0);
      this.next.set(file, Math.max(this.next.get(file) ?? 0, index + 1));
    }
  }
}

/** Whether an item goes back into the file that it came from, as in a kpt package. */
export function isWrittenBack(item: Item): boolean {
  return fileOf((key) => item.annotation(key)) !== undefined && item.annotation(KUSTOMIZE) === undefined;
}

/** The file of a resource, in its package. */
export function fileOf(annotation: (key: string) => string | undefined): string | undefined {
  const path = first(PATHS, annotation);
  return path === undefined ? undefined : `${annotation(PACKAGE) ?? ''}:${path}`;
}

function first(keys: readonly string[], annotation: (key: string) => string | undefined): string | undefined {
  for (const key of keys) {
    const value = annotation(key);
    if (value !== undefined) return value;
  }
  return undefined;
}
