import { defineConfig } from 'vitest/config';

/** The dashboard in a real Chromium; `.ci/run` installs one where it may, and runs these. */
export default defineConfig({
  test: {
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // One browser and one set of dashboards for all files.
    isolate: false,
    maxWorkers: 1,
    include: ['test/browser/**/*.test.ts'],
  },
});
