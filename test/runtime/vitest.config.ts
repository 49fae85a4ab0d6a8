import { defineConfig } from 'vitest/config';

/** The shipped functions under the real runtime interface client of Lambda; `.ci/run` builds that and runs these. */
export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // They wait for processes more than they work.
    maxWorkers: 3,
    include: ['test/runtime/**/*.test.ts'],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
