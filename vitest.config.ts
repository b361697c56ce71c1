import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/announce-tools.ts'],
    setupFiles: ['test/support/fixed-seed.ts'],
    // kpt-functions makes a console of its own, which vitest's stand-in cannot do.
    disableConsoleIntercept: true,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
