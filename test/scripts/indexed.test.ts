import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { indexed } from '../../scripts/build/indexed.ts';
import { type Files, Sandbox } from '../support/sandbox.ts';

const LOOP = 'export function all(list: number[]) { for (const one of list) console.log(one); }\n';

/** The program that is made of `src/main.ts`. */
async function made(files: Files): Promise<string> {
  const sandbox = new Sandbox(files);
  const { outputFiles } = await build({
    entryPoints: [sandbox.path('src/main.ts')],
    bundle: true,
    format: 'esm',
    logLevel: 'silent',
    plugins: [indexed(sandbox.path('tsconfig.json'))],
    write: false,
  });
  return outputFiles.map(({ text }) => text).join('');
}

const MAIN = { 'src/main.ts': "export { all } from './loop.ts';\n", 'src/loop.ts': LOOP };

test('a loop over an array becomes one over its indexes', async () => {
  const text = await made({ ...MAIN, 'tsconfig.json': '{ "include": ["src"] }' });
  expect(text).toContain('index$0 < list$0.length');
  expect(text).not.toContain(' of ');
});

test.each([
  ['is not there', {}, /Cannot read file/],
  ['cannot be read', { 'tsconfig.json': '{ "include": [' }, /error TS\d+/],
  ['has an unknown value', { 'tsconfig.json': '{ "compilerOptions": { "target": "ES0" } }' }, /--target/],
  ['leaves a file out', { 'tsconfig.json': '{ "include": ["lib"], "files": [] }' }, /error TS\d+/],
  [
    'leaves one file out',
    { 'tsconfig.json': '{ "files": ["other.ts"] }', 'other.ts': '' },
    /src\/main\.ts must be a file of the project/,
  ],
])('the build fails if the config %s', async (_, config: Files, says) => {
  await expect(made({ ...MAIN, ...config })).rejects.toThrow(says);
});
