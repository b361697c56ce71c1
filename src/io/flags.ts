/**
 * V8's flags for little work, and for much: its own settings, but for one. V8 knows them in every version of Node, and
 * takes them while it runs. The executable's loader sets those for little work before V8 sees any of the program,
 * because a regular expression keeps what held when it was made, and a code cache counts only under the flags that it
 * was made with.
 */
export const FLAGS: readonly (readonly [little: string, much: string])[] = [
  // The optimizing compiler would take a fifth of a short run, on another core or, in a container with only one, on ours.
  ['--no-opt', '--opt'],
  ['--no-parallel-scavenge', '--parallel-scavenge'],
  ['--no-regexp-peephole-optimization', '--regexp-peephole-optimization'],
  ['--regexp-tier-up-ticks=100', '--regexp-tier-up-ticks=1'],
  ['--wasm-tiering-budget=1000000000', '--wasm-tiering-budget=1800000'],
  ['--wasm-lazy-validation', '--no-wasm-lazy-validation'],
];
