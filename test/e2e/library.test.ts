import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blocksOf } from '../support/page.ts';
import { TRIES_ALL } from '../support/runs.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'library-'));

afterAll(() => rmSync(directory, { recursive: true }));

/** Each example of the page, and what the page says that it prints. */
const EXAMPLES = blocksOf('library.md').flatMap(({ language, text }, index, all) =>
  language === 'ts' ? [{ code: text, printed: all[index + 1]?.text ?? '' }] : [],
);

const STRICT: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  types: ['node'],
};

if (!TRIES_ALL)
  console.log('not run here: the package as npm packs it, which takes a while; .ci/run tries it');

describe.runIf(TRIES_ALL)('the package as npm packs it', () => {
  /** The package as npm packs it, in a directory that has nothing else than it and what it depends on. */
  beforeAll(() => {
    execFileSync('npx', ['tsx', 'scripts/build/library.ts'], { cwd: ROOT, stdio: 'pipe' });
    const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', directory], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const modules = join(directory, 'node_modules');
    mkdirSync(join(modules, '@types'), { recursive: true });
    execFileSync('tar', ['-xzf', packed.trim().split('\n').at(-1) ?? ''], { cwd: directory });
    cpSync(join(directory, 'package'), join(modules, 'tidb-groups'), { recursive: true });
    const { dependencies } = JSON.parse(readFileSync(join(modules, 'tidb-groups', 'package.json'), 'utf8'));
    for (const name of [...Object.keys(dependencies), '@types/node']) {
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
    }
  });

  test('has examples of all that it exports', async () => {
    const names = Object.keys(
      await import(join(directory, 'node_modules/tidb-groups/dist/library/index.mjs')),
    );
    expect(names.sort()).toEqual(['ExpandError', 'expandTidbGroups', 'plan', 'render', 'validate']);
    const page = readFileSync(join(ROOT, 'docs/library.md'), 'utf8');
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  test('has types by which the examples are right', () => {
    const files = EXAMPLES.map(({ code }, index) => {
      const file = join(directory, `example-${index}.mts`);
      writeFileSync(file, code);
      return file;
    });
    const program = ts.createProgram(files, STRICT);
    const own = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(directory));
    expect(own.map(({ fileName }) => fileName).filter((name) => name.endsWith('.d.mts'))).toHaveLength(1);
    const wrong = own.flatMap((file) => ts.getPreEmitDiagnostics(program, file));
    expect(wrong.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  });

  test.each(EXAMPLES.map(({ code, printed }, index) => [index, code, printed] as const))(
    'does what example %i says',
    (index, code, printed) => {
      const file = join(directory, `example-${index}.mjs`);
      const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
      writeFileSync(file, ts.transpileModule(code, { compilerOptions }).outputText);
      const output = execFileSync(process.execPath, [file], { cwd: directory, encoding: 'utf8' });
      expect(output).toBe(printed);
    },
  );

  test('has no sources, and nothing that is not built', () => {
    const files = execFileSync('find', ['.', '-type', 'f', '-name', '*.ts'], {
      cwd: join(directory, 'node_modules/tidb-groups'),
      encoding: 'utf8',
    });
    expect(files).toBe('');
  });
});
