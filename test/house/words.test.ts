import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { engineMessages } from '../../src/engine/evaluate.ts';
import { list, read } from './tree.ts';

/** What docs/README.md replaces by plain words. */
const REFUSED =
  /\b(mend(s|ed|ing)?|whoever|nobody|reckon(s|ed|ing)?|beside|anybody|somebody)\b|\blets (\w+ ){1,4}(perform|write|read|in)\b|\balone\b/i;

/** What no configuration shows for certain, so that no reason of a link may promise it. */
const PROMISED =
  /\b(never|no one|every|always|excluded|at once|immediately|completely|ensures?|guarantees?|impossible)\b/i;

/** Rules whose test shows it: of filters that do not cover a bucket, and of objects stored without end. */
const SHOWN = ['s3-lifecycle-expiration'];

const DOCS = list('docs', '.md').filter((name) => name !== 'README.md');

/** Sentences of a page: without code, links and tables of generated numbers. */
const proseOf = (page: string) =>
  page
    .replace(/```[\s\S]*?```/g, '')
    .replace(/`[^`]*`/g, '')
    .replace(/\]\([^)]*\)/g, ']')
    .split('\n');

describe('plain English', () => {
  const messages = [...rules, { id: 'the engine', messages: engineMessages }];

  it.each(messages.map(({ id, messages }) => ({ id, messages })))('in the messages of $id', ({
    messages,
  }) => {
    for (const { sentence, ...advice } of Object.values(messages)) {
      const { fix = '', caution = '' } = advice as { fix?: string; caution?: string };
      for (const text of [sentence, fix, caution]) expect(text).not.toMatch(REFUSED);
      expect(sentence.split(' ').length, sentence).toBeLessThanOrEqual(25);
    }
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('in the words of %s', (_, rule) => {
    const reasons = Object.values(rule.requirements).map(({ reason }) => reason);
    const parameters = Object.values(rule.parameters).map(({ description }) => description);
    for (const text of [rule.title, rule.rationale, ...rule.limits, ...reasons, ...parameters]) {
      expect(text).not.toMatch(REFUSED);
    }
    if (SHOWN.includes(rule.id)) return;
    for (const reason of reasons) expect(reason).not.toMatch(PROMISED);
  });

  it.each([
    'README.md',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    ...DOCS.map((name) => `docs/${name}`),
  ])('in %s', (path) => {
    const lines = proseOf(read(path)).flatMap((line) => (REFUSED.test(line) ? [line] : []));
    expect(lines).toEqual([]);
  });
});
