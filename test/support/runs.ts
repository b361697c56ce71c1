/** Whether slow tests try everything, as in `.ci/run`. */
export const TRIES_ALL = process.env.FUZZ_RUNS === 'all';

/**
 * How many values a slow random test tries: a part of `all`; with `FUZZ_RUNS=all`, all. The seed is the same, so they
 * are the first of all.
 */
export function runs(all: number): number {
  return TRIES_ALL ? all : Math.ceil(all / 20);
}

/** Every eighth of many similar inputs; with `FUZZ_RUNS=all`, all of them. */
export function partOf<Input>(inputs: readonly Input[]): Input[] {
  return inTurn(inputs, 0, 8);
}

/**
 * In which of several ways to try the input at an index, such as with which version of a tool: one of every `among`
 * ways. They take turns, so that each way gets its share of the inputs. With `FUZZ_RUNS=all`, all ways.
 */
export function inTurn<Way>(ways: readonly Way[], index: number, among = ways.length): Way[] {
  return ways.filter((_, way) => TRIES_ALL || (way + index) % among === 0);
}
