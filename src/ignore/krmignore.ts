import { type Glob, matchesGlob, parseGlob } from './glob.ts';

/** The name of the file in which a kpt package lists what does not belong to it. */
export const KRMIGNORE = '.krmignore';

/** A line of it. */
interface Line {
  /** Undefined where it can match nothing. */
  readonly glob: Glob | undefined;
  /** How many names it has; it is compared with as many at the end of a path, or at the start if it begins with a slash. */
  readonly depth: number;
  readonly isRooted: boolean;
  readonly onlyDirectories: boolean;
}

/** A `.krmignore`, read as kpt reads it: a line that begins with `!` always wins, wherever it stands. */
export class KrmIgnore {
  private readonly ignored: readonly Line[];
  private readonly kept: readonly Line[];

  constructor(text: string) {
    const lines = text
      .split(/\r?\n/)
      .map((line) => line.replace(/^ +/, ''))
      .map((line) => line.slice(0, lengthWithoutSpaces(line)))
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => (line.startsWith('\\#') ? line.slice(1) : line));
    this.ignored = lines.filter((line) => !line.startsWith('!')).map(lineOf);
    this.kept = lines.filter((line) => line.startsWith('!')).map((line) => lineOf(line.slice(1)));
  }

  /** Whether a path is ignored that is relative to the directory of the file. */
  ignores(path: string, isDirectory: boolean): boolean {
    const matches = (line: Line) => isMatch(line, path, isDirectory);
    return !this.kept.some(matches) && this.ignored.some(matches);
  }
}

function lengthWithoutSpaces(line: string): number {
  let length = line.length;
  while (line[length - 1] === ' ') length--;
  return length;
}

function lineOf(line: string): Line {
  let start = 0;
  let end = line.length;
  while (line[start] === '/') start++;
  while (end > start && line[end - 1] === '/') end--;
  const names = line.slice(start, end);
  return {
    glob: /[*?[]/.test(line) ? parseGlob(names, 'go') : [[...names].map((literal) => ({ literal }))],
    depth: names.split('/').length,
    isRooted: line.startsWith('/'),
    onlyDirectories: line.endsWith('/'),
  };
}

function isMatch(
  { glob, depth, isRooted, onlyDirectories }: Line,
  path: string,
  isDirectory: boolean,
): boolean {
  if (glob === undefined) return false;
  const names = path.split('/');
  if (names.length < depth) return false;
  const isWhole = names.length === depth;
  if (!isRooted) return (isDirectory || !onlyDirectories) && matchesGlob(glob, names.slice(-depth).join('/'));
  // kpt leaves the slash at the end of what it compares.
  const start = `${names.slice(0, depth).join('/')}${isWhole ? '' : '/'}`;
  return ((isWhole && isDirectory) || !onlyDirectories) && matchesGlob(glob, start);
}
