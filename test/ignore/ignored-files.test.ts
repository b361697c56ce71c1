import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IgnorePatterns, KrmIgnore } from '../../src/ignore/index.ts';
import { runs } from '../support/runs.ts';
import { describeWith, GIT, PACKAGE_FILES } from '../support/tools.ts';

/** Names that patterns are made to meet, with characters that mean something in them. */
const NAME = fc.oneof(
  fc.constantFrom('a', 'b', 'ab', 'aab', 'abab', 'b.c', 'x-y', 'é', 'a]', '#a', '!a', '[a', 'A'),
  fc.stringMatching(/^[ab.\-!]{1,5}$/).filter((name) => !/^\.\.?$/.test(name)),
);

const FILES = fc
  .array(fc.array(NAME, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 })
  .map((paths) => withoutClashes(paths.map((names) => `${names.join('/')}.yaml`)));

/** A file cannot be a directory too. */
function withoutClashes(paths: readonly string[]): string[] {
  const all = new Set(paths);
  return [...all].filter((path) => ![...all].some((other) => other.startsWith(`${path}/`)));
}

const PIECE = fc.constantFrom(
  ...[
    'a',
    'b',
    'ab',
    '.',
    '.yaml',
    '-',
    '*',
    '*',
    '?',
    '/',
    '/',
    '**',
    '[',
    ']',
    '[ab]',
    '[^a]',
    '[a-b]',
    '[!a]',
  ],
  ...['\\', '\\*', '!', '#', 'é', '**/', '/**', '[^b', '[]a]', '[a-]', '[-a]', '[\\]]', '[b-a]', ' '],
);

/** Of no characters but slashes kpt's reader makes a crash. */
const LINE = fc
  .array(PIECE, { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join(''))
  .filter((line) => !/^ *!*\/* *$/.test(line));

const LINES = fc.array(LINE, { minLength: 1, maxLength: 4 });

interface Rules {
  ignores(path: string, isDirectory: boolean): boolean;
}

/** The files that are left, where nothing below an ignored directory is looked at. */
function left(files: readonly string[], rules: Rules): string[] {
  return files.filter((file) => {
    const names = file.split('/');
    return !names.some((_, index) =>
      rules.ignores(names.slice(0, index + 1).join('/'), index < names.length - 1),
    );
  });
}

describeWith([PACKAGE_FILES], 'a .krmignore', (program) => {
  function read(packages: readonly { readonly krmignore: string; readonly files: readonly string[] }[]) {
    const { status, stdout, stderr } = spawnSync(program, {
      input: JSON.stringify(packages),
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    if (status !== 0) throw new Error(stderr);
    const answers: string[][] = JSON.parse(stdout);
    return answers.map((files) => [...files].sort());
  }

  test('leaves out what it leaves out for kpt', () => {
    const packages = fc.sample(
      fc.record({ krmignore: LINES.map((lines) => `${lines.join('\n')}\n`), files: FILES }),
      { numRuns: runs(2000), seed: 1 },
    );
    const mine = packages.map(({ krmignore, files }) => left(files, new KrmIgnore(krmignore)).sort());
    const theirs = read(packages);
    for (const [index, one] of packages.entries()) {
      expect({ ...one, read: mine[index] }).toEqual({ ...one, read: theirs[index] });
    }
    const counts = theirs.map((files, index) => files.length - (packages[index]?.files.length ?? 0));
    expect(counts.filter((count) => count < 0).length).toBeGreaterThan(packages.length / 10);
  });
});

describe.skipIf(GIT.path === undefined)('patterns of --ignore', () => {
  test('leave out what git leaves out with the same .gitignore', () => {
    const directory = mkdtempSync(join(tmpdir(), 'tidb-groups-'));
    try {
      const git = (args: readonly string[], input = '') =>
        spawnSync('git', ['-C', directory, ...args], { input, encoding: 'utf8' });
      git(['init', '--quiet']);
      let ignored = 0;
      fc.assert(
        fc.property(LINES, FILES, (lines, files) => {
          // What a file would spell in another way than an argument: comments, and spaces at the end.
          // And git matches bytes, where this matches characters.
          fc.pre(!files.some((file) => file.includes('é')));
          fc.pre(lines.every((line) => !/^#| $|^\\[#!]/.test(line)));
          writeFileSync(join(directory, '.gitignore'), `${lines.join('\n')}\n`);
          const { stdout } = git(
            ['check-ignore', '--no-index', '-z', '--stdin'],
            files.map((file) => `${file}\0`).join(''),
          );
          const theirs = stdout.split('\0').filter(Boolean);
          ignored += theirs.length;
          const kept = left(files, new IgnorePatterns(lines));
          expect(files.filter((file) => !kept.includes(file))).toEqual(theirs);
        }),
        { numRuns: runs(2400), seed: 1 },
      );
      expect(ignored).toBeGreaterThan(50);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

test('no pattern takes long for any name', () => {
  const pattern = '*a'.repeat(1000);
  const name = `${'a'.repeat(10_000)}b`;
  expect(new IgnorePatterns([pattern]).ignores(name, false)).toBe(false);
  expect(new KrmIgnore(pattern).ignores(name, false)).toBe(false);
  const deep = `${'**/a/'.repeat(1000)}b`;
  expect(new IgnorePatterns([deep]).ignores(`${'a/'.repeat(5000)}c`, false)).toBe(false);
});
