import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A program in AssemblyScript, compiled to WebAssembly that imports its memory. */
export function compileAssembly(root: string, source: string, options: readonly string[]): Buffer {
  const directory = mkdtempSync(join(tmpdir(), 'tidb-groups-assembly-'));
  try {
    const file = join(directory, 'program.wasm');
    const compiler = join(root, 'node_modules/assemblyscript/bin/asc.js');
    const args = [source, '--outFile', file, '--runtime', 'stub', '-O3', '--converge', '--noAssert'];
    execFileSync(process.execPath, [compiler, ...args, ...options], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return readFileSync(file);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
