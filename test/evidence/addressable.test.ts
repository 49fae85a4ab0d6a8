import { expect, it } from 'vitest';
import { noStates } from '../../src/evidence/contents/results.ts';
import { addressableSection } from '../../src/evidence/pages/addressable.ts';
import { Redaction } from '../../src/evidence/redaction.ts';
import type { AddressableDecision } from '../../src/settings/addressable.ts';
import { parseSettings } from '../../src/settings-file/settings-file.ts';

const ID = 'hipaa 164.312(a)(2)(iv)';
const said = {
  ...{ requirement: ID, assessment: '<b>Assessed</b>', decidedBy: 'Security officer' },
  ...{ at: '2026-03-01', document: 'POL-7' },
} as const;

const sectionOf = (decisions: readonly AddressableDecision[], failing = 0, id = ID) => {
  const implementation = id === ID ? 'addressable' : 'required';
  const requirement = { id, citation: id, title: '', text: '', implementation } as const;
  const folder = { requirement, total: { ...noStates(), FAIL: failing } };
  const section = addressableSection(
    folder as unknown as Parameters<typeof addressableSection>[0],
    decisions,
    '2026-11-02T12:00:00.000Z',
  );
  return section?.text ?? null;
};

it.each<readonly [string, readonly AddressableDecision[], number, RegExp | null, RegExp | null]>([
  ['nothing', [], 0, /No decision is in the settings/, /<dl>/],
  [
    'that it is implemented',
    [{ ...said, decision: 'implemented' }],
    0,
    /&lt;b&gt;Assessed[\s\S]*POL-7/,
    /do not show that/,
  ],
  [
    'that nothing is in force where the day has not begun',
    [{ ...said, at: '2026-11-03', decision: 'implemented' }],
    0,
    /No decision is in force[\s\S]*2026-11-03, a day that had not begun/,
    /<dl>/,
  ],
  [
    'so, against the results',
    [{ ...said, decision: 'implemented' }],
    2,
    /do not show that: 2 that/,
    null,
  ],
  [
    'an alternative',
    [{ ...said, decision: 'alternative', reason: 'Why', alternative: 'What' }],
    2,
    /Why not as written<\/dt><dd>Why[\s\S]*The alternative measure<\/dt><dd>What/,
    /do not show that/,
  ],
  [
    'neither',
    [{ ...said, decision: 'notReasonable', reason: 'Why', alternative: 'None' }],
    0,
    /neither is reasonable[\s\S]*Why no alternative measure<\/dt><dd>None/,
    null,
  ],
])('shows of an addressable specification %s', (_, decisions, failing, shown, hidden) => {
  const section = sectionOf(decisions, failing);
  if (shown) expect(section).toMatch(shown);
  if (hidden) expect(section).not.toMatch(hidden);
});

it('says nothing of what is required', () => {
  expect(sectionOf([], 0, 'hipaa 164.312(b)')).toBeNull();
});

const file = (more: string) => `
addressable:
  - requirement: hipaa 164.312(a)(2)(iv)
    assessment: Assessed.
    decidedBy: Security officer
    document: POL-7
${more}`;

it.each([
  ['', /decision/],
  [
    '    at: "2026-02-30"\n    decision: implemented',
    /at is 2026-02-30, expected a day of the calendar/,
  ],
  [
    '    at: "2026-03-01"\n    decision: alternative',
    /reason is missing, expected with the decision alternative/,
  ],
  ['    at: "2026-03-01"\n    decision: notReasonable\n    reason: R', /alternative is missing/],
  [
    '    at: "2026-03-01"\n    decision: notReasonable\n    reason: "  "\n    alternative: None',
    /expected a text that is not blank/,
  ],
  [
    '    at: "2026-03-01"\n    decision: maybe',
    /expected one of implemented, alternative and notReasonable/,
  ],
  [
    '    at: "2026-03-01"\n    decision: implemented\n  - requirement: hipaa 164.312(b)\n    assessment: A\n    decidedBy: D\n' +
      '    document: D\n    at: "2026-03-01"\n    decision: implemented',
    /requirement is hipaa 164.312\(b\), expected an addressable specification/,
  ],
])('refuses a decision that lacks what the law asks for: %j', (more, problem) => {
  expect(() => parseSettings(file(more), 's.yaml')).toThrow(problem);
});

it('takes a whole decision, and hides its texts in a redacted bundle', () => {
  const { addressable: [decision] = [] } = parseSettings(
    file('    at: "2026-03-01"\n    decision: implemented'),
    's.yaml',
  );
  expect(decision).toMatchObject({ requirement: ID, decision: 'implemented' });
  const hidden = new Redaction(Buffer.alloc(32, 1)).decision(decision as AddressableDecision);
  expect(JSON.stringify(hidden)).not.toMatch(/Assessed|Security officer|POL-7/);
  expect(parseSettings('', 's.yaml')).not.toHaveProperty('addressable');
});
