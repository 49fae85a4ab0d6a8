import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    isolate: false,
    // By default one processor is left idle, which is half of a small machine.
    maxWorkers: '100%',
    // The V8 of Node 20 optimises functions that run for a moment only, which costs a tenth of the time.
    execArgv: process.versions.v8.startsWith('11.') ? ['--interrupt-budget=500000'] : [],
    // A slow machine is no failure: speed is measured in benchmarks.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    include: ['test/**/*.test.ts'],
    // The first needs the runtime interface client of Lambda, which .ci/run builds; the second
    // runs the whole suite in a copy; the third needs Chromium,
    // and the fourth a Ceph cluster.
    exclude: ['test/runtime/**', 'test/growing/**', 'test/browser/**', 'test/ceph/**'],
    // The SDK announces the end of Node 20 in every worker; no one reads tests for that.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
