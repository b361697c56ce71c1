/** Set to `all` by `.ci/run`. */
const { FUZZ_RUNS } = process.env;

/**
 * How many values a slow random test tries: a quarter of what it could, and with `FUZZ_RUNS=all` all. They are made
 * from the same seed, so the quarter is where all of them begin.
 */
export function runs(all: number): number {
  return FUZZ_RUNS === 'all' ? all : Math.ceil(all / 4);
}
