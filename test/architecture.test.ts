import { describe, expect, test } from 'vitest';
import { byKind, byName, COMPONENTS } from '../src/components/index.ts';
import { NETWORK } from '../src/components/network.generated.ts';
import { importsOf, sourceFiles, textOf } from './support/imports.ts';

const FILES = sourceFiles('src', 'functions');
const IMPORTS = FILES.flatMap(importsOf);

/** The rooms as ARCHITECTURE.md lists them: each imports from those above it. */
const ROOMS = [...textOf('ARCHITECTURE.md').matchAll(/^\| `((?:src|functions)\/[\w-]+)` \|/gm)].map(
  ([, room = '']) => room,
);

function roomOf(file: string): string {
  return file.split('/').slice(0, 2).join('/');
}

test('ARCHITECTURE.md lists every room', () => {
  expect([...new Set(FILES.map(roomOf))].sort()).toEqual([...ROOMS].sort());
});

/** Folders of tests that are of no room: of what is beside them, and of the program as a whole. */
const OTHER_TESTS = ['docs', 'e2e', 'scripts', 'support'];

test('tests stand in folders named as the rooms are, but for a few about all of them', () => {
  const names = ROOMS.map((room) => room.slice(room.indexOf('/') + 1));
  const tests = sourceFiles('test').map((file) => file.split('/'));
  const folders = new Set(tests.filter(({ length }) => length > 2).map(([, folder]) => folder));
  expect([...folders].filter((folder) => ![...names, ...OTHER_TESTS].includes(folder ?? ''))).toEqual([]);
  expect(tests.filter(({ length }) => length === 2).map(([, file]) => file)).toEqual([
    'architecture.test.ts',
    'plain-english.test.ts',
    'regular-expressions.test.ts',
    'steps.test.ts',
  ]);
});

test('no room imports from one below it', () => {
  const upwards = IMPORTS.filter(({ from, to }) => ROOMS.indexOf(roomOf(from)) < ROOMS.indexOf(roomOf(to)));
  expect(upwards.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

/**
 * Doors beside `index.ts`: of what only some commands load, of what is needed without the rest of its room, and of the
 * function, which the CLI starts.
 */
const SIDE_DOORS = [
  'functions/expand-tidb-groups/main.ts',
  'src/certificates/settings.ts',
  'src/components/metrics.generated.ts',
  'src/components/metrics.ts',
  'src/components/network.generated.ts',
  'src/components/network.ts',
  'src/components/notes.generated.ts',
  'src/components/online-keys.generated.ts',
  'src/components/online-keys.ts',
  'src/components/pod.generated.ts',
  'src/components/pod.ts',
  'src/components/v2.generated.ts',
  'src/components/v2.ts',
  'src/render/inventory.ts',
  'src/yaml-write/draft.ts',
  'src/yaml/carefully.ts',
];

/** What a command imports when it comes to it: a format, or what writes files. */
const LAZY_DOORS = [
  /^src\/api\/texts\.ts$/,
  /^src\/render\/(?:file-names|inventory)\.ts$/,
  /^src\/report\/(?:explain|(?:format|graph|list|plan)-[\w-]+)\.ts$/,
];

describe('a room is entered by its door', () => {
  const entered = IMPORTS.filter(
    ({ from, to }) => roomOf(from) !== roomOf(to) && to.endsWith('.ts') && !to.endsWith('/index.ts'),
  );

  test('or by one of the few beside it', () => {
    const paths = new Set(entered.filter(({ isLazy }) => !isLazy).map(({ to }) => to));
    expect([...paths].sort()).toEqual(SIDE_DOORS);
  });

  test('or where it is loaded on demand', () => {
    const others = entered.filter(
      ({ to, isLazy }) => isLazy && !LAZY_DOORS.some((door) => door.test(to)) && !SIDE_DOORS.includes(to),
    );
    expect(others.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });
});

test('no files need each other to be loaded', () => {
  expect(cycles()).toEqual([]);
});

/** The files that import each other in a circle, types aside. */
function cycles(): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to, isType, isLazy } of IMPORTS) {
    if (!isType && !isLazy) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) {
      found.push([...way.slice(way.indexOf(file)), file]);
      return;
    }
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...way, file]);
    done.add(file);
  };
  for (const file of FILES) visit(file, []);
  return found;
}

describe('what kustomize and kpt write into annotations', () => {
  const DOMAIN = /\bconfig\.(?:kubernetes|k8s)\.io/;
  const literals = (file: string): string[] =>
    textOf(file)
      .split('\n')
      .flatMap((line) => withoutComment(line).match(/'[^']*'|`[^`]*`|"[^"]*"|\/.*config\\?\..*\//g) ?? [])
      .filter((literal) => DOMAIN.test(literal.replaceAll('\\', '')));
  const home = FILES.filter((file) => file.startsWith('src/krm/'));

  test('is known in one room', () => {
    const outside = FILES.filter((file) => !home.includes(file) && !file.endsWith('.generated.ts'));
    expect(outside.flatMap((file) => literals(file).map((literal) => `${file}: ${literal}`))).toEqual([]);
  });

  test('stands there once', () => {
    const all = home.flatMap(literals);
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter((literal, index) => all.indexOf(literal) !== index)).toEqual([]);
  });
});

describe('components', () => {
  const names = [...Object.keys(byName), ...Object.keys(byKind)];

  test('are named in their folders and in the API alone', () => {
    const literal = new RegExp(`['"\`](?:${names.join('|')})['"\`]`);
    const outside = FILES.filter((file) => !/^src\/(?:api|components)\/|\.generated\.ts$/.test(file));
    const found = outside.flatMap((file) =>
      textOf(file)
        .split('\n')
        .filter((line) => literal.test(withoutComment(line)))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });

  /** What every run loads with the registry. The other files of a folder are loaded by those that ask for them. */
  const ALWAYS = /^src\/components\/\w+\/(?:index|ports|checks|config-facts|directories)\.ts$/;
  /** Most groups are of these, so they cost one file less to load. */
  const USUAL = ['tikv', 'tidb'];

  test.each(COMPONENTS.filter(({ name }) => !USUAL.includes(name)))(
    'a run without a group of $title loads no more than what is known of it',
    ({ name }) => {
      const folder = `src/components/${name}/`;
      const loaded = IMPORTS.filter(
        ({ from, isType, isLazy }) => from === `${folder}index.ts` && !isType && !isLazy,
      ).filter(({ to }) => to.startsWith(folder));
      expect(loaded.map(({ to }) => to).filter((to) => !ALWAYS.test(to))).toEqual([]);
    },
  );

  test.each(COMPONENTS)('$title talks to ports that the others have', ({ name }) => {
    for (const { with: other, port } of NETWORK[name]?.talks ?? []) {
      expect(byName[other].ports).toHaveProperty(port);
    }
  });
});

function withoutComment(line: string): string {
  return /^\s*(?:\*|\/\*\*|\/\/)/.test(line) ? '' : line;
}
