import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { type Files, readTree } from './sandbox.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

/** `UPDATE_EXAMPLES=1` writes the actual output; read it before you commit it. */
const IS_UPDATING = process.env.UPDATE_EXAMPLES === '1';

/** Compares an output with a file of the examples. */
export function expectText(actual: string, file: string): void {
  if (IS_UPDATING) write(file, actual);
  expect(actual).toBe(readFileSync(join(EXAMPLES, file), 'utf8'));
}

/** Compares an output with a directory of the examples: the same files, with the same bytes. */
export function expectTree(actual: Files, directory: string): void {
  if (IS_UPDATING) {
    rmSync(join(EXAMPLES, directory), { recursive: true, force: true });
    for (const [path, text] of Object.entries(actual)) write(join(directory, path), text);
  }
  expect(actual).toEqual(readTree(join(EXAMPLES, directory)));
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(EXAMPLES, file)), { recursive: true });
  writeFileSync(join(EXAMPLES, file), text);
}
