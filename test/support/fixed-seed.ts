import fc from 'fast-check';

/**
 * Properties try the same values in every run, so that a test fails only because of a change. `npm run fuzz` and
 * `SEED=7 npx vitest run` try new ones. Slow ones try more with `FUZZ_RUNS=all`, as `.ci/run` does.
 */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_261_124) });
