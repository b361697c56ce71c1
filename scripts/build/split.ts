import { basename } from 'node:path';
import { build, type OutputFile, type Plugin, transform } from 'esbuild';
import { indexed } from './indexed.ts';

/** What every part of the program is made with. Short names: a start reads and checks all of this text, and the build is reproducible, so that a position says where a bug is. */
const COMMON = {
  platform: 'node',
  target: 'node20',
  charset: 'ascii',
  minifyWhitespace: true,
  minifySyntax: true,
  minifyIdentifiers: true,
  legalComments: 'none',
  logLevel: 'warning',
} as const;

/** CommonJS, which starts sooner; a script cannot `import()`, so that becomes a `require` at a later moment. */
const SCRIPT = { format: 'cjs', supported: { 'dynamic-import': false } } as const;

/** The program in parts: what every run needs, and what is loaded on demand. */
export interface Parts {
  /** Text of the part that runs first. */
  readonly core: string;
  /** By the name under which one part requires another. */
  readonly others: ReadonlyMap<string, string>;
}

/**
 * One part that every run compiles, and others that are compiled when something imports them dynamically: a start
 * costs what the text and the code cache of the first part weigh.
 *
 * esbuild splits at dynamic imports, into more pieces than are wanted: those that the entry needs at once are put
 * together again, and hand the others what these import from them.
 */
export async function split(entry: string): Promise<Parts> {
  const pieces = await splitAtImports(entry);
  const first = pieces.get('main.js');
  if (first === undefined) throw new Error(`esbuild made no main.js of ${entry}`);
  const needed = closure('main.js', pieces);
  const others = [...pieces].filter(([name]) => !needed.has(name));
  const joined = `${handedOut(others, needed)}import"./main.js";`;
  return {
    core: await joinPieces(joined, pieces, needed),
    others: new Map(
      await Promise.all(
        others.map(async ([name, text]) => [asRequired(name), await asScript(text)] as const),
      ),
    ),
  };
}

/**
 * What the first part exports as `shared`: by the name of a piece that is in it, a function that makes what the others
 * import from that. A namespace of each piece would be made at every start, and mostly for nobody.
 */
function handedOut(others: readonly (readonly [string, string])[], needed: ReadonlySet<string>): string {
  const wanted = new Map<string, Set<string>>();
  for (const [, text] of others) {
    for (const piece of importsOf(text))
      if (needed.has(piece) && !wanted.has(piece)) wanted.set(piece, new Set());
    for (const [, names = '', piece = ''] of text.matchAll(NAMED_IMPORT)) {
      for (const name of names.split(',')) wanted.get(piece)?.add(name.split(' ')[0] ?? '');
    }
    const [other] = importsOf(text.replace(NAMED_IMPORT, ';').replace(BARE_IMPORT, ';'));
    if (other !== undefined) throw new Error(`what is imported from ${other} must be named`);
  }
  let count = 0;
  const imports: string[] = [];
  const makers = [...wanted].map(([piece, names]) => {
    const own = [...names].map((name) => [name, `shared${count++}`] as const);
    imports.push(`import{${own.map(([name, local]) => `${name} as ${local}`).join()}}from"./${piece}";`);
    return `${JSON.stringify(asRequired(piece))}:()=>({${own.map(([name, local]) => `${name}:${local}`).join()}})`;
  });
  return `${imports.join('')}export const shared={${makers.join()}};`;
}

function asRequired(name: string): string {
  return `./${name}`;
}

async function splitAtImports(entry: string): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: { main: entry },
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: 'pieces',
    plugins: [indexed()],
    loader: { '.md': 'text' },
    write: false,
  });
  return new Map(outputFiles.map(({ path, text }: OutputFile) => [basename(path), text]));
}

/** The pieces that a piece imports at once, and so on. */
function closure(from: string, pieces: ReadonlyMap<string, string>): Set<string> {
  const names = new Set([from]);
  for (const name of names) for (const next of importsOf(pieces.get(name) ?? '')) names.add(next);
  return names;
}

/** An import of names from a piece, as esbuild writes it. */
const NAMED_IMPORT = /(?<=^|[;}\n])import\{([\w$, ]+)\}from"\.\/([\w.-]+\.js)";?/g;
/** One for what a piece does when it is loaded. */
const BARE_IMPORT = /(?<=^|[;}\n])import"\.\/[\w.-]+\.js";?/g;

/** esbuild writes its imports of pieces in one way, at the start of statements; dynamic ones have parentheses. */
function importsOf(piece: string): string[] {
  return [...piece.matchAll(/(?:^|[;}\n])(?:im|ex)port(?:[\w$*{},\s]*?from)?"\.\/([\w.-]+\.js)"/g)].map(
    ([, name]) => name ?? '',
  );
}

async function joinPieces(
  text: string,
  pieces: ReadonlyMap<string, string>,
  needed: ReadonlySet<string>,
): Promise<string> {
  const plugin: Plugin = {
    name: 'pieces',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\// }, ({ path }) =>
        needed.has(basename(path)) ? { path: basename(path), namespace: 'piece' } : { path, external: true },
      );
      onLoad({ filter: /./, namespace: 'piece' }, ({ path }) => ({ contents: pieces.get(path) ?? '' }));
    },
  };
  const { outputFiles } = await build({
    ...COMMON,
    stdin: { contents: text, loader: 'js' },
    bundle: true,
    ...SCRIPT,
    plugins: [plugin],
    write: false,
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error('esbuild made nothing of the pieces');
  return output.text;
}

async function asScript(piece: string): Promise<string> {
  const { code } = await transform(piece, { ...COMMON, ...SCRIPT });
  return code;
}
