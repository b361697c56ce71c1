import { fileOf, indexOf, PATHS } from '../krm/index.ts';
import { type Item, mentioning } from '../list/index.ts';
import type { Problems } from '../problem/index.ts';
import { show } from '../validate/index.ts';

/**
 * Node finds a text of up to 7 characters several times as fast as a longer one; a few resources too many do no harm.
 */
const ENDING = 7;

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
      const annotation = (key: string): string | undefined => item.annotation(key);
      const file = fileOf(annotation);
      if (file === undefined) continue;
      this.next.set(file, Math.max(this.next.get(file) ?? 0, indexOf(annotation) + 1));
    }
  }
}
