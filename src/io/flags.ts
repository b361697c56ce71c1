/** From this version of Node on V8 has other measures for code that is worth optimizing. */
const OTHER_MEASURES = 22;

/** Whether Node of a version, as "22.1.0", has them, and not those of Node 20. */
export function hasOtherMeasures(version: string): boolean {
  return Number.parseInt(version, 10) >= OTHER_MEASURES;
}

/**
 * V8's flags for little work, and for much, in a version of Node. Those for much are V8's defaults in that version; the one
 * setting in which much work differs from them, `--interrupt-budget`, is in `engine.ts`, because only Node 20 takes it. V8
 * knows all of these in every version, and takes them while it runs. The executable's loader sets those for little work
 * before V8 sees any of the program, because a regular expression keeps what held when it was made, and a code cache
 * counts only under the flags that it was made with.
 */
export function flagsOf(version: string): readonly (readonly [little: string, much: string])[] {
  return [
    // The optimizing compiler would take a fifth of a short run, on another core or, in a container with only one, on ours.
    ['--no-opt', '--opt'],
    ['--no-parallel-scavenge', '--parallel-scavenge'],
    ['--no-regexp-peephole-optimization', '--regexp-peephole-optimization'],
    ['--regexp-tier-up-ticks=100', '--regexp-tier-up-ticks=1'],
    [
      '--wasm-tiering-budget=1000000000',
      `--wasm-tiering-budget=${hasOtherMeasures(version) ? 13000000 : 1800000}`,
    ],
    ['--wasm-lazy-validation', '--no-wasm-lazy-validation'],
  ];
}
