import fc from 'fast-check';

/**
 * Properties try the same values in every run, so that a change fails for what it changed. `npm run fuzz` looks for new
 * ones; so does `SEED=7 npx vitest run`. Slow ones try more with `FUZZ_RUNS=all`, as `.ci/run` does.
 */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_261_124) });
