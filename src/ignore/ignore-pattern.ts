import { type Glob, matchesGlob, namesOf, parseGlob } from './glob.ts';

/** Any number of directories. */
const ANY = '**';

/** A pattern as a line of a `.gitignore` has it. */
interface Pattern {
  readonly names: readonly (typeof ANY | Glob | undefined)[];
  readonly keeps: boolean;
  readonly onlyDirectories: boolean;
}

/** Patterns as in a `.gitignore`; of those that match, the last counts. */
export class IgnorePatterns {
  private readonly patterns: readonly Pattern[];

  constructor(patterns: readonly string[]) {
    this.patterns = patterns.flatMap((written) => asGitReads(written).map(patternOf));
  }

  /** Whether a path is ignored that is relative to the directory of the patterns, and whose directories are not. */
  ignores(path: string, isDirectory: boolean): boolean {
    const names = path.split('/');
    for (const { names: pattern, keeps, onlyDirectories } of [...this.patterns].reverse()) {
      if ((isDirectory || !onlyDirectories) && matchesNames(pattern, names)) return !keeps;
    }
    return false;
  }
}

/** A pattern with two stars right behind its plain start, and what is behind them and a slash. */
const BEHIND_TEXT = /^(!?)\/?([^*?[\\]*[^*?[\\/!])\*\*+\/(.+)$/s;

/**
 * Git compares the plain start of a pattern by itself, and then sees the stars behind it as the beginning: `a**` + `/b` is
 * not `a*` + `/b`, as its manual says, but also matches `ab`, and `b` in any directory below `a…`.
 */
function asGitReads(written: string): readonly string[] {
  const [, not, text, rest] = BEHIND_TEXT.exec(written) ?? [];
  if (rest === undefined) return [written];
  return [`${not}/${text}*/**/${rest}`, `${not}/${text}${rest}`];
}

function patternOf(written: string): Pattern {
  const keeps = written.startsWith('!');
  const line = keeps ? written.slice(1) : written;
  const onlyDirectories = line.endsWith('/');
  const bare = onlyDirectories ? line.slice(0, -1) : line;
  const names = namesOf(bare.replace(/^\//, ''));
  // Without a slash in it, it is the name of anything anywhere.
  const all = bare.includes('/') ? names : [ANY, ...names];
  return {
    names: all.map((name) => (/^\*\*+$/.test(name) ? ANY : parseGlob(name, 'git'))),
    keeps,
    onlyDirectories,
  };
}

/** Like the search for a run behind a star, with names in place of characters. */
function matchesNames(pattern: Pattern['names'], names: readonly string[]): boolean {
  let [at, place] = [0, 0];
  let retry: readonly [at: number, place: number] | undefined;
  while (place < names.length) {
    const wanted = pattern[at];
    if (wanted === ANY) {
      // At the end it stands for what is in a directory, and not for the directory.
      if (at === pattern.length - 1) return true;
      retry = [at + 1, place];
      at++;
    } else if (at < pattern.length && isName(wanted, names[place])) {
      at++;
      place++;
    } else if (retry !== undefined) {
      retry = [retry[0], retry[1] + 1];
      [at, place] = retry;
    } else return false;
  }
  return at === pattern.length;
}

function isName(glob: Glob | undefined, name = ''): boolean {
  return glob !== undefined && matchesGlob(glob, name);
}
