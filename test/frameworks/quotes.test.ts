import { describe, expect, it } from 'vitest';
import type { Framework, Requirement } from '../../src/frameworks/framework.ts';
import { citationFor, frameworks } from '../../src/frameworks/index.ts';

const quotes = frameworks.flatMap(({ id, requirements }) =>
  Object.entries<Requirement>(requirements).map(
    ([key, { text }]) => [`${id} ${key}`, text] as const,
  ),
);
const quoteOf = (id: string) => quotes.find(([known]) => known === id)?.[1] ?? '';

describe('a quote', () => {
  it.each(quotes)('of %s shows its cuts in one way', (_, text) => {
    expect(text).not.toMatch(/\.\.\.|…(?!\])|\[…\]\S|\S\[…\]|\s{2}/);
    expect(text).toMatch(/^(\[…\] )?[A-Za-z]/);
    // A part of a sentence at the beginning is a letter of a list, or shows that something is left out.
    if (/^[a-z]/.test(text)) expect(text.length).toBeGreaterThan(20);
  });

  /** Words that were once left out of the middle without a mark, as the text has them (45 CFR, Regulation (EU) 2016/679). */
  it.each([
    ['hipaa 164.308(a)(3)(i)', 'and to prevent those workforce members who do not have access'],
    [
      'hipaa 164.308(a)(4)(ii)(C)',
      'based upon the covered entity’s or the business associate’s access',
    ],
    ['hipaa 164.308(a)(6)(ii)', 'harmful effects of security incidents that are known to'],
    ['hipaa 164.308(a)(8)', 'in response to environmental or operational changes affecting'],
    ['hipaa 164.308(b)(1)', 'satisfactory assurances, in accordance with § 164.314(a), that'],
    ['hipaa 164.310(d)(2)(iii)', 'any person responsible therefore'],
    [
      'hipaa 164.312(a)(1)',
      'for electronic information systems that maintain electronic protected',
    ],
    ['hipaa 164.316(b)(1)', 'maintain a written (which may be electronic) record'],
    ['hipaa 164.402', 'not rendered unusable, unreadable, or indecipherable'],
    ['gdpr 25(1)', 'such as pseudonymisation, which are designed to implement'],
    ['gdpr 28(3)(h)', 'allow for and contribute to audits, including inspections'],
    ['gdpr 34(3)(a)', 'and those measures were applied to the personal data affected'],
    ['gdpr 44', 'which are undergoing processing or are intended for processing'],
    ['gdpr 46(1)', 'In the absence of a decision pursuant to Article 45(3)'],
  ])('of %s has: %s', (id, words) => {
    expect(quoteOf(id)).toContain(words);
  });
});

it.each<Framework>(
  frameworks,
)('$name says which text it quotes, and what it leaves out', (framework) => {
  expect(framework.asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
  expect(framework.source).toMatch(/not verified/);
  expect(framework.leftOut).toBeTruthy();
});

it.each([
  ['gdpr 32(1)(a)', 'GDPR 32(1)(a)'],
  ['hipaa 164.312(b)', 'HIPAA Security Rule 164.312(b)'],
  ['hipaa 164.308(b)(3)', 'HIPAA Security Rule 164.308(b)(3)'],
  ['hipaa 164.402', 'HIPAA Breach Notification Rule 164.402'],
  ['hipaa 164.502(b)(1)', 'HIPAA Privacy Rule 164.502(b)(1)'],
  ['hipaa 164.530(c)', 'HIPAA Privacy Rule 164.530(c)'],
])('%s is cited as %s', (id, citation) => {
  expect(citationFor(id)).toBe(citation);
});
