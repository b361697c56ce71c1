import { basename } from 'node:path';
import { build, type OutputFile, type Plugin, transform } from 'esbuild';
import { commitDefine } from './commit.ts';
import { indexed } from './indexed.ts';

/** The options for every part of the program. Names are minified because each start reads and checks all of this text. The build is reproducible, so a position is enough to find a bug. */
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

/** CommonJS, because it starts faster. A script cannot `import()`, so each `import()` becomes a deferred `require`. */
const SCRIPT = { format: 'cjs', supported: { 'dynamic-import': false } } as const;

/** The program in parts: what every run needs, and what is loaded on demand. */
export interface Parts {
  /** The text of the part that runs first. */
  readonly core: string;
  /** The other parts, by the name that parts use to require them. */
  readonly others: ReadonlyMap<string, string>;
}

/**
 * Every run compiles one part. The others are compiled when something imports them dynamically. So the cost of a start
 * depends on the size of the first part's text and code cache.
 *
 * esbuild splits at dynamic imports into too many pieces. The pieces that the entry needs at once are joined again, and
 * export what the others import from them.
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
 * What the first part exports as `shared`: a function that returns what the others import from a piece in it, by the
 * name of that. Building a namespace for each piece at every start would be wasted work.
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
    return `case${JSON.stringify(asRequired(piece))}:return{${own.map(([name, local]) => `${name}:${local}`).join()}};`;
  });
  return `${imports.join('')}export const shared=(name)=>{switch(name){${makers.join('')}}};`;
}

function asRequired(name: string): string {
  return `./${name}`;
}

/**
 * What starts other programs loads Node's network with it, which takes 5 ms. Commander and `git.ts` import it, and most
 * runs start nothing: it is loaded when they do.
 */
function startersOnDemand(): Plugin {
  const starter = (name: string) =>
    `exports.${name} = (...all) => require('node:child_process').${name}(...all);`;
  return {
    name: 'starters-on-demand',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^node:child_process$/ }, ({ namespace }) =>
        namespace === 'on-demand' ? undefined : { path: 'child_process', namespace: 'on-demand' },
      );
      onLoad({ filter: /./, namespace: 'on-demand' }, () => ({
        contents: ['spawn', 'spawnSync'].map(starter).join('\n'),
      }));
    },
  };
}

async function splitAtImports(entry: string): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: { main: entry },
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: 'pieces',
    plugins: [indexed(), startersOnDemand()],
    loader: { '.md': 'text' },
    define: { ...commitDefine(), TIDB_GROUPS_LOADER: 'true' },
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
/** An import of a piece for its side effects. */
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
