import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { allowMemory } from '../list/index.ts';

/** A list below this is done before compiled code would have paid for its compiling. */
const SMALL = 256 * 1024;

/** Bytes of the heap that the program takes, and what is only passing through. */
const OF_OTHERS = 64 * 1024 * 1024;

/** From here on V8 waits by another measure, has a cheaper compiler in between, and complains of the flag. */
const OTHER_MEASURE = 22;

/**
 * Tells V8 how much work is coming. Its optimizing compiler would take a fifth of a short run, on another core or, in
 * a container that has but one, on ours: where the work is small it is left out, and else it is kept for what runs
 * more than twice as often as V8 would wait for.
 */
export function expectInput(size: number): void {
  if (size < SMALL) {
    setFlagsFromString('--no-opt');
    return;
  }
  allowMemory(getHeapStatistics().heap_size_limit - OF_OTHERS);
  if (Number.parseInt(process.versions.node, 10) < OTHER_MEASURE)
    setFlagsFromString('--interrupt-budget=300000');
}
