import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { allowMemory } from '../yaml/index.ts';

/** Smaller lists are done before optimized code would pay for its compilation. */
const SMALL = 256 * 1024;

/** For little work. V8 knows these flags in every version of Node, and takes them while it runs. */
const FLAGS = [
  '--no-opt',
  '--no-parallel-scavenge',
  '--no-regexp-peephole-optimization',
  '--regexp-tier-up-ticks=20',
];

/** Bytes of the heap for the program itself and for short-lived data. */
const OF_OTHERS = 64 * 1024 * 1024;

/** From this version on V8 uses another threshold, has a cheaper compiler in between, and complains about the flag. */
const OTHER_MEASURE = 22;

/**
 * Tells V8 how much work is coming. Its optimizing compiler would take a fifth of a short run, on another core or, in a
 * container with only one, on ours. For little work it is turned off; otherwise it compiles only code that runs more
 * than twice as often as V8's default threshold.
 */
export function expectInput(size: number): void {
  if (size < SMALL) {
    for (const flag of FLAGS) setFlagsFromString(flag);
    return;
  }
  allowMemory(getHeapStatistics().heap_size_limit - OF_OTHERS);
  if (Number.parseInt(process.versions.node, 10) < OTHER_MEASURE)
    setFlagsFromString('--interrupt-budget=300000');
}
