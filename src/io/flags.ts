/**
 * V8's flags for little work, and for much: its own settings again. V8 knows them in every version of Node, and takes
 * them while it runs. The executable's loader sets those for little work before V8 sees any of the program, because a
 * regular expression keeps what held when it was made, and a code cache counts only under the flags that it was made
 * with.
 */
export const FLAGS: readonly (readonly [little: string, much?: string])[] = [
  // The optimizing compiler would take a fifth of a short run, on another core or, in a container with only one, on ours.
  ['--no-opt', '--opt'],
  ['--no-parallel-scavenge', '--parallel-scavenge'],
  ['--no-regexp-peephole-optimization', '--regexp-peephole-optimization'],
  ['--regexp-tier-up-ticks=100', '--regexp-tier-up-ticks=1'],
  // Programs in WebAssembly are made before the input is known. They are optimized once they have read some 100 kB.
  ['--wasm-tiering-budget=20000000'],
  ['--wasm-lazy-validation', '--no-wasm-lazy-validation'],
];
