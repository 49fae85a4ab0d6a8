import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readmeOf } from '../../src/generate/readme.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

it('shows in the README what npm start prints', async () => {
  const readme = readFileSync(`${root}README.md`, 'utf8');
  const current = await readmeOf(readme, root);
  expect(readme === current, 'Out of date: README.md. Run "npm run generate".').toBe(true);
  expect(current).toMatch(/```text\nrule +severity +fail/);
});
