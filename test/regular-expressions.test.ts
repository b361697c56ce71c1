import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkSync } from 'recheck';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { inTurn } from './support/runs.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** All of the program but what is compiled to WebAssembly, which has none. */
const FILES = ['src', 'functions'].flatMap((directory) =>
  readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' })
    .map((file) => join(directory, file))
    .filter((file) => file.endsWith('.ts') && !file.includes('assembly/') && !file.endsWith('.d.ts')),
);

interface Pattern {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

/** Those that are written as such, and the places where one is made of a text. */
const literals: Pattern[] = [];
const made: { readonly where: string; readonly isAtTop: boolean }[] = [];

for (const file of FILES) {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(ROOT, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const look = (node: ts.Node, isAtTop: boolean): void => {
    const where = `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      literals.push({ where, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    const isCall = ts.isNewExpression(node) || ts.isCallExpression(node);
    if (isCall && node.expression.getText() === 'RegExp') made.push({ where, isAtTop });
    const isInside = ts.isFunctionLike(node) || ts.isClassLike(node);
    ts.forEachChild(node, (child) => look(child, isAtTop && !isInside));
  };
  look(source, true);
}

/** What `new RegExp` makes when the modules are loaded. */
async function patternsMade(): Promise<Pattern[]> {
  const files = [...new Set(made.map(({ where }) => where.split(':')[0] ?? ''))];
  // What they import is loaded by now, whichever test was first.
  for (const file of files) await import(join(ROOT, file));
  const found: Pattern[] = [];
  const original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(original, {
    construct(target, args: [string | RegExp, string?]) {
      const pattern = Reflect.construct(target, args);
      found.push({ where: 'new RegExp', source: pattern.source, flags: pattern.flags });
      return pattern;
    },
  });
  try {
    for (const file of files) await import(`${join(ROOT, file)}?anew`);
  } finally {
    globalThis.RegExp = original;
  }
  return found;
}

describe('no regular expression takes more than linear time for any text:', () => {
  test('all of them are known: those made of a text are made when a module is loaded', async () => {
    expect(literals.length).toBeGreaterThan(150);
    expect(made.filter(({ isAtTop }) => !isAtTop)).toEqual([]);
    expect(await patternsMade()).toHaveLength(made.length);
  });

  test('those that are written, and those that are made', async () => {
    const all = [...literals, ...(await patternsMade())];
    const distinct = new Map(all.map((pattern) => [`/${pattern.source}/${pattern.flags}`, pattern]));
    const slow = inTurn([...distinct], 0, 2).flatMap(([text, { where, source, flags }]) => {
      // What it cannot prove it tries out, with the same texts in every run, and with time for a busy machine.
      const found = checkSync(source, flags, {
        timeout: 60_000,
        attackTimeout: 30_000,
        incubationTimeout: 5000,
        randomSeed: 1,
      });
      if (found.status === 'safe') return [];
      return [
        `${where}: ${text} is ${found.status === 'vulnerable' ? found.complexity.summary : found.status}`,
      ];
    });
    expect(slow).toEqual([]);
  });
});
