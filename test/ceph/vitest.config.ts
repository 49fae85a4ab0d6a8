import { defineConfig } from 'vitest/config';

/** Bundles in a real S3 with Object Lock; `.ci/run` starts a Ceph cluster where it may, and runs these. */
export default defineConfig({
  test: { testTimeout: 300_000, hookTimeout: 300_000, include: ['test/ceph/**/*.test.ts'] },
});
