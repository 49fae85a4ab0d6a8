import { expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { ruleCodeFile } from '../../src/generate/code/rule-code.ts';
import { ruleCode } from '../../src/release/rule-code.ts';
import { read } from '../house/tree.ts';

const some = rules.filter(({ id }) => ['s3-tls-only', 's3-kms-key-health'].includes(id));

/** The ids of the rules whose hash differs when a file does. */
async function changedBy(path: string): Promise<readonly string[]> {
  const text = await ruleCodeFile(some, async (each) => read(each) + (each === path ? '\n' : ''));
  return some.map(({ id }) => id).filter((id) => !text.includes(ruleCode[id] ?? '?'));
}

it('the hashes are those of the code', async () => {
  const current = read('src/release/rule-code.ts');
  const message = 'Run "npm run generate" and commit the result.';
  expect(current === (await ruleCodeFile(rules, async (path) => read(path))), message).toBe(true);
});

it.each([
  ['rules/s3-tls-only.ts', ['s3-tls-only']],
  ['src/assessment/assess.ts', ['s3-kms-key-health', 's3-tls-only']],
  ['src/policy/questions/denials.ts', ['s3-tls-only']],
  ['src/facets/bucket/recorded/policy.ts', ['s3-kms-key-health', 's3-tls-only']],
  ['rules/s3-residency.ts', []],
  ['src/results/run/recorder.ts', []],
])('a change of %s changes the hash of %j', async (path, expected) => {
  expect(await changedBy(path)).toEqual(expected);
});
