import { defineConfig } from 'vitest/config';

/** npm run test:growing: what docs/adding-a-rule.md says of adding things, done in a copy of the project. */
export default defineConfig({
  test: { include: ['test/growing/*.test.ts'], testTimeout: 600_000, hookTimeout: 600_000 },
});
