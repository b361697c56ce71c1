import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { ENGINE_FLAGS } from './test/support/engine-flags.ts';
import { LongestFirst } from './test/support/longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/announce-tools.ts'],
    setupFiles: ['test/support/fixed-seed.ts'],
    // kpt-functions makes a console of its own, which vitest's stand-in cannot do.
    disableConsoleIntercept: true,
    // Test files share the modules of `src`, because loading them again for each file takes half of the time. What modules
    // keep are only caches, which never change a result.
    isolate: false,
    // Some tests wait for real time to pass, and meanwhile another worker uses the core.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    sequence: { sequencer: LongestFirst },
    execArgv: [...ENGINE_FLAGS],
    // What tests start, kustomize, kpt and the judges, would collect garbage for a fifth of their time, in a small heap.
    // Node would read certificates for half of each start, and no test needs a network.
    env: { GOGC: process.env.GOGC ?? '800', NODE_EXTRA_CA_CERTS: '' },
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
