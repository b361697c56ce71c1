import { allowMemory } from '../yaml/index.ts';
import { flagsOf, hasOtherMeasures } from './flags.ts';

/** Defined in the executable, whose loader has set the flags for little work. */
declare const TIDB_GROUPS_LOADER: true;

/** Smaller lists are done before optimized code would pay for its compilation. */
const SMALL = 256 * 1024;

/** Bytes of the heap for the program itself and for short-lived data. */
const OF_OTHERS = 64 * 1024 * 1024;

/** Bytes of all inputs so far. */
let expected = 0;

/**
 * Tells V8 that so much more work is coming, in bytes of input. For little work in all its optimizing compiler is turned
 * off; otherwise it compiles only code that runs more than twice as often as V8's default threshold.
 */
export async function expectInput(size: number): Promise<void> {
  expected += size;
  const isLittle = expected < SMALL;
  if (isLittle && typeof TIDB_GROUPS_LOADER !== 'undefined') return;
  const { getHeapStatistics, setFlagsFromString } = await import('node:v8');
  const { node } = process.versions;
  for (const [little, much] of flagsOf(node)) setFlagsFromString(isLittle ? little : much);
  if (isLittle) return;
  allowMemory(getHeapStatistics().heap_size_limit - OF_OTHERS);
  // Newer ones use another threshold, have a cheaper compiler in between, and complain about the flag.
  if (!hasOtherMeasures(node)) setFlagsFromString('--interrupt-budget=300000');
}
