import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { assess } from '../../src/assessment/assess.ts';
import { packOf } from '../../src/assessment/pack-of.ts';
import type { Finding } from '../../src/engine/finding.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import { EvidenceUnavailable, type Rule } from '../../src/engine/rule.ts';
import { withoutWords } from '../../src/generate/code/without-words.ts';
import { loadSettings } from '../../src/settings-file/settings-file.ts';
import { ConfigSnapshot } from '../../src/sources/files/config-snapshot.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The registry of rules, with every rule cut, as a module. */
async function cutRules(): Promise<readonly Rule[]> {
  const { outputFiles } = await build({
    entryPoints: [`${root}rules/index.ts`],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    plugins: [
      {
        name: 'cut',
        setup: ({ onLoad }) =>
          onLoad({ filter: /[\\/]rules[\\/][a-z0-9]+-[a-z0-9-]+\.ts$/ }, async ({ path }) => ({
            contents: await withoutWords(await readFile(path, 'utf8')),
            loader: 'js',
          })),
      },
    ],
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const cut: readonly Rule[] = (
    await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`)
  ).rules;
  return cut.map((rule) => ({
    ...rule,
    evaluate: (...given) => asOurs(() => rule.evaluate(...given)),
  }));
}

/** The bundle has a class of its own for missing evidence. */
function asOurs<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { name, facet, reason } = error as EvidenceUnavailable;
    throw name === 'EvidenceUnavailable' ? new EvidenceUnavailable(facet, reason) : error;
  }
}

async function findingsBy(judges: readonly Rule[]): Promise<readonly Finding[]> {
  const settings = await loadSettings(`${root}examples/settings.yaml`);
  const snapshot = new ConfigSnapshot([`${root}examples/organization`]);
  const source = await snapshot.open({ namesBuckets: true, complain: () => {} });
  const parametrised = judges.map((rule) => ({ rule, params: parametersOf(rule, settings) }));
  const pack = packOf(rules);
  const findings: Finding[] = [];
  const now = '2026-11-02T12:00:00.000Z';
  for await (const each of assess(source, parametrised, { settings, pack, now })) {
    findings.push(...each.findings);
  }
  return findings;
}

it('leaves rules that judge alike, and say the same to AWS Config', async () => {
  const cut = await cutRules();
  expect(cut.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
  const [ours, theirs] = await Promise.all([findingsBy(rules), findingsBy(cut)]);
  expect(ours.length).toBeGreaterThan(2000);
  expect(theirs).toEqual(ours);
});

it('leaves no word that is for people', async () => {
  for (const rule of rules) {
    const code = await withoutWords(await readFile(`${root}rules/${rule.id}.ts`, 'utf8'));
    const { title, rationale, limits, requirements, messages } = rule;
    const advice = Object.values(messages).flatMap(({ fix, caution }) => [fix, caution]);
    const reasons = Object.values(requirements).map(({ reason }) => reason);
    for (const words of [title, rationale, ...limits, ...reasons])
      expect(code).not.toContain(words);
    // What stands in a constant of its own is left over here, and dropped from the bundle as nothing uses it.
    expect(code).not.toMatch(/\b(fix|caution): (?!void 0)/);
    expect(advice.filter((each) => each !== undefined).length).toBeGreaterThan(0);
  }
});
