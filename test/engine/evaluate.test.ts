import { describe, expect, it } from 'vitest';
import { evaluate, evaluateAbsent } from '../../src/engine/evaluate.ts';
import { annotationOf, verdictForConfig } from '../../src/engine/finding.ts';
import { defineRule, fail, pass, primary, say } from '../../src/engine/rule.ts';
import { unitsOf, unplacedWaivers, type Waiver } from '../../src/settings/waiver.ts';
import { bucket } from '../describe-rule.ts';
import { subjectOf } from '../subject-of.ts';

const rule = defineRule({
  id: 's3-example',
  title: 'T',
  rationale: 'R.',
  limits: ['L.'],
  areas: ['encryption'],
  severity: 'high',
  requirements: { 'gdpr 32(1)(a)': primary('Because.') },
  subject: 'bucket',
  reads: ['versioning'],
  messages: { good: pass('Good.'), bad: fail('Bad: {status}.', { fix: 'Fix it.' }) },
  evaluate: ({ bucket: { versioning } }) =>
    versioning.status === 'Enabled' ? say('good') : say('bad', versioning),
});

const subjectWith = (status: string) =>
  subjectOf(bucket, ['versioning'], () => ({ value: { status, mfaDelete: false } }));
const blind = subjectOf(bucket, ['versioning'], () => ({
  unavailable: 'access was denied',
  action: 's3:GetBucketVersioning',
}));
const accounts = {
  [bucket.account]: 'o-a1b2c3d4e5/r-ab12/ou-ab12-outer111/ou-ab12-inner111/',
  '999999999999': 'o-a1b2c3d4e5/r-ab12/ou-ab12-outer111/ou-ab12-sister11/',
  '888888888888': 'o-a1b2c3d4e5/r-ab12/',
};
const context = (...waivers: Waiver[]) => ({
  params: {},
  waivers,
  accounts,
  now: '2026-06-15T12:00:00.000Z',
  capturedAt: '2026-06-01T00:00:00.000Z',
});
const waiver = (given: Partial<Waiver> = {}): Waiver => ({
  id: 'W-1',
  rule: 's3-example',
  subject: { arn: bucket.arn },
  owner: 'team',
  approver: 'ciso',
  reason: 'migration',
  created: '2026-01-01',
  expires: '2026-06-15',
  ...given,
});

describe('a finding', () => {
  it('carries the verdict with when and from what', () => {
    expect(evaluate(rule, subjectWith('Off'), context())).toEqual({
      rule: 's3-example',
      verdict: 'NON_COMPLIANT',
      state: 'FAIL',
      messageId: 'bad',
      message: 'Bad: Off.',
      severity: 'high',
      subject: bucket,
      requirements: ['gdpr 32(1)(a)'],
      capturedAt: '2026-06-01T00:00:00.000Z',
    });
  });

  it('makes what strangers wrote printable', () => {
    const { message } = evaluate(rule, subjectWith('\u001b[2J\u202e{status}'), context());
    expect(message).toBe('Bad: \\u{1b}[2J\\u{202e}{status}.');
  });

  it('is UNKNOWN, and NON_COMPLIANT to Config, when evidence is missing', () => {
    const finding = evaluate(rule, blind, context());
    expect(finding).toMatchObject({ state: 'UNKNOWN', verdict: 'NON_COMPLIANT' });
    expect(verdictForConfig(finding)).toBe('NON_COMPLIANT');
    expect(annotationOf(finding)).toBe(
      'evidenceUnavailable: The versioning could not be assessed: access was denied (needs s3:GetBucketVersioning).',
    );
  });

  it('on a resource that is gone is NOT_APPLICABLE', () => {
    const finding = evaluateAbsent(rule, bucket, 'resourceDeleted', {
      params: {},
      capturedAt: null,
    });
    expect(finding).toMatchObject({ state: 'NOT_APPLICABLE', messageId: 'resourceDeleted' });
  });

  it('carries the evidence of the rule, under a waiver too, and keeps it out of the annotation', () => {
    const shown = { ...rule, evaluate: () => ({ ...judgement, evidence: { sid: '"Open"' } }) };
    const judgement = { verdict: 'NON_COMPLIANT', messageId: 'bad', message: 'Bad.' } as const;
    const finding = evaluate(shown, subjectWith('Off'), context(waiver()));
    expect(finding).toMatchObject({ state: 'WAIVED', evidence: { sid: '"Open"' } });
    expect(annotationOf(finding)).toBe('waived W-1, bad: Bad.');
    expect(evaluate(rule, subjectWith('Off'), context())).not.toHaveProperty('evidence');
  });

  it('does not hide a defect in a rule', () => {
    const broken = { ...rule, evaluate: () => JSON.parse('') };
    expect(() => evaluate(broken, subjectWith('Off'), context())).toThrow(SyntaxError);
  });
});

describe('a waiver', () => {
  const judged = (waivers: Waiver[], status = 'Off') =>
    evaluate(rule, subjectWith(status), context(...waivers));

  it('in force keeps the verdict and tells Config NOT_APPLICABLE', () => {
    const finding = judged([waiver()]);
    expect(finding).toMatchObject({ state: 'WAIVED', verdict: 'NON_COMPLIANT', waiver: 'W-1' });
    expect(verdictForConfig(finding)).toBe('NOT_APPLICABLE');
    expect(annotationOf(finding)).toBe('waived W-1, bad: Bad: Off.');
  });

  it('holds from the first day through the last', () => {
    expect(judged([waiver({ created: '2026-06-15' })]).state).toBe('WAIVED');
  });

  it('expired makes the finding say so', () => {
    const finding = judged([waiver({ expires: '2026-06-14' })]);
    expect(finding).toMatchObject({ state: 'FAIL', messageId: 'waiverExpired', waiver: 'W-1' });
    expect(finding.message).toBe('Waiver W-1 expired on 2026-06-14 (bad). Bad: Off.');
  });

  it('never hides that evidence is missing behind an expired date', () => {
    const finding = evaluate(rule, blind, context(waiver({ expires: '2026-06-14' })));
    expect(finding).toMatchObject({ state: 'UNKNOWN', messageId: 'waiverExpired' });
  });

  it.each([
    ['another rule', waiver({ rule: 's3-other' })],
    ['another bucket', waiver({ subject: { arn: `${bucket.arn}-2` } })],
    ['another account', waiver({ subject: { account: '999999999999' } })],
    ['another OU', waiver({ subject: { ou: 'ou-ab12-sister11' } })],
    ['an OU whose id begins alike', waiver({ subject: { ou: 'ou-ab12-inner11' } })],
    ['a time to come', waiver({ created: '2026-06-16', expires: '2027-06-16' })],
  ])('for %s changes nothing', (_name, other) => {
    expect(judged([other])).toMatchObject({ state: 'FAIL', messageId: 'bad' });
  });

  it('for the account holds for its buckets', () => {
    expect(judged([waiver({ subject: { account: bucket.account } })]).state).toBe('WAIVED');
  });

  it('in force wins over an expired one, and the narrower over the wider', () => {
    const wide = waiver({ id: 'wide', subject: { account: bucket.account } });
    const old = waiver({ id: 'old', expires: '2026-01-02' });
    expect(judged([old, wide])).toMatchObject({ state: 'WAIVED', waiver: 'wide' });
    expect(judged([wide, waiver()])).toMatchObject({ state: 'WAIVED', waiver: 'W-1' });
  });

  it('for an OU holds for the accounts in it and below it', () => {
    for (const ou of ['ou-ab12-outer111', 'ou-ab12-inner111']) {
      expect(judged([waiver({ subject: { ou } })])).toMatchObject({
        state: 'WAIVED',
        waiver: 'W-1',
      });
    }
  });

  it('for an OU never holds for an account whose place is not known, and that can be told', () => {
    const byOu = waiver({ subject: { ou: 'ou-ab12-outer111' } });
    const finding = evaluate(rule, subjectWith('Off'), { ...context(byOu), accounts: {} });
    expect(finding).toMatchObject({ state: 'FAIL', messageId: 'bad' });
    const others = [waiver(), waiver({ rule: 's3-other', subject: byOu.subject })];
    const unplaced = (account: string) =>
      unplacedWaivers([byOu, ...others], 's3-example', account, accounts);
    expect(unplaced('777777777777')).toEqual([byOu]);
    expect(unplaced('constructor')).toEqual([byOu]);
    expect(unplaced(bucket.account)).toEqual([]);
    expect(unplaced('888888888888')).toEqual([]);
  });

  it('for an inner OU wins over one for an outer OU, and one for the account over both', () => {
    const outer = waiver({ id: 'outer', subject: { ou: 'ou-ab12-outer111' } });
    const inner = waiver({ id: 'inner', subject: { ou: 'ou-ab12-inner111' } });
    const account = waiver({ id: 'account', subject: { account: bucket.account } });
    expect(judged([outer, inner])).toMatchObject({ waiver: 'inner' });
    expect(judged([inner, outer])).toMatchObject({ waiver: 'inner' });
    expect(judged([outer, inner, account])).toMatchObject({ waiver: 'account' });
    const expired = { ...account, expires: '2026-01-02' };
    expect(judged([outer, expired])).toMatchObject({ state: 'WAIVED', waiver: 'outer' });
  });

  it('does not touch what complies', () => {
    expect(judged([waiver()], 'Enabled')).toMatchObject({ state: 'PASS', messageId: 'good' });
    expect(judged([waiver()], 'Enabled')).not.toHaveProperty('waiver');
  });
});

it('an account is in its own organizational units, the innermost first', () => {
  expect(unitsOf(bucket.account, accounts)).toEqual(['ou-ab12-inner111', 'ou-ab12-outer111']);
  expect(unitsOf('888888888888', accounts)).toEqual([]);
  expect(unitsOf('__proto__', accounts)).toEqual([]);
});
