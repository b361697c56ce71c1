/** Whether slow tests try all that they can, as `.ci/run` has them do. */
export const TRIES_ALL = process.env.FUZZ_RUNS === 'all';

/**
 * How many values a slow random test tries: an eighth of what it could, and with `FUZZ_RUNS=all` all. They are made
 * from the same seed, so the eighth is where all of them begin.
 */
export function runs(all: number): number {
  return TRIES_ALL ? all : Math.ceil(all / 8);
}

/** Of many inputs that are much alike, each third one, and with `FUZZ_RUNS=all` all of them. */
export function partOf<Input>(inputs: readonly Input[]): Input[] {
  return inTurn(inputs, 0, 3);
}

/**
 * Which of several ways to try an input at an index: one of every `among` ways, in turn, so that each way gets its share
 * of the inputs. With `FUZZ_RUNS=all`, all of the ways.
 */
export function inTurn<Way>(ways: readonly Way[], index: number, among = ways.length): Way[] {
  return ways.filter((_, way) => TRIES_ALL || (way + index) % among === 0);
}
