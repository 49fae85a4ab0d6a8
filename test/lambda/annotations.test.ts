import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineRule, fail, say } from '../../src/engine/rule.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import type { Waiver } from '../../src/settings/waiver.ts';
import { bucketItem } from '../contract-server/items.ts';
import { bucketWith, changeEvent, policyText, sentence, startLambda, tlsBucket } from './world.ts';

/** Says what the Sid of the policy says, after "said: ". */
const rule = defineRule({
  ...{ id: 's3-test-says', title: '', rationale: '', limits: [], areas: [] },
  ...{ severity: 'low', requirements: {}, subject: 'bucket', reads: ['policy'] },
  messages: { said: fail('{sid}', { fix: 'Fix it.' }) },
  evaluate: ({ bucket }) => say('said', { sid: bucket.policy?.statements[0]?.sid ?? '' }),
});

const saying = (Sid: string) =>
  bucketWith('plain', {
    BucketPolicy: {
      policyText: policyText({
        ...{ Sid, Effect: 'Allow', Principal: '*', Action: 's3:GetObject' },
        Resource: 'arn:aws:s3:::plain/*',
      }),
    },
  });

async function annotating() {
  const { handle, puts } = await startLambda({}, { rules: [rule] });
  return async (sid: string) => {
    await handle(changeEvent(rule, saying(sid)));
    return puts().at(-1)?.Evaluations[0]?.Annotation ?? '';
  };
}

const PREFIX = 'said: ';
const room = 256 - PREFIX.length;

describe('an annotation', () => {
  it.each([
    ['fits exactly', 'a'.repeat(room), PREFIX + 'a'.repeat(room)],
    ['is one too long', 'a'.repeat(room + 1), `${PREFIX}${'a'.repeat(room - 1)}…`],
    ['is far too long', 'a'.repeat(5000), `${PREFIX}${'a'.repeat(room - 1)}…`],
    ['ends with a pair', `${'a'.repeat(room - 2)}😀`, `${PREFIX}${'a'.repeat(room - 2)}😀`],
    ['would cut a pair', `${'a'.repeat(room - 2)}😀a`, `${PREFIX}${'a'.repeat(room - 2)}…`],
    ['cuts after a pair', `${'a'.repeat(room - 3)}😀aa`, `${PREFIX}${'a'.repeat(room - 3)}😀…`],
    [
      'has controls',
      'a\n\r\t\0\u001b[31mb\u0085',
      'said: a\\u{a}\\u{d}\\u{9}\\u{0}\\u{1b}[31mb\\u{85}',
    ],
    ['reorders text', 'a\u202eb\u2066c\u200bd', 'said: a\\u{202e}b\\u{2066}c\\u{200b}d'],
    ['has half a pair', 'a\ud83db', 'said: a\\u{d83d}b'],
    ['speaks as a template', '{sid} $& $1 $<x> %s', 'said: {sid} $& $1 $<x> %s'],
  ])('that %s', async (_, sid, expected) => {
    const annotation = await annotating();
    expect(await annotation(sid)).toBe(expected);
    expect(expected.length).toBeLessThanOrEqual(256);
  });

  it('of any text is well-formed, printable and within the limit', async () => {
    const annotation = await annotating();
    const unit = fc.oneof(
      fc.constantFrom('a', '😀', '\ud83d', '\n', '\u202e', '{', '}', '$', '\\'),
      fc.integer({ min: 0, max: 0x2fff }).map((code) => String.fromCharCode(code)),
    );
    const text = fc.string({ unit, minLength: 1, maxLength: 300, size: 'max' });
    await fc.assert(
      fc.asyncProperty(text, async (sid) => {
        const given = await annotation(sid);
        expect(given).toMatch(/^said: ./u);
        expect(given.length).toBeLessThanOrEqual(256);
        expect(given).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['is not JSON', '{"Statement":\n\u001b[2J'],
    ['is no policy', '[{"Effect":"Allow\\n"}]'],
    ['repeats a key', '{"Statement":[],"\\u202eStatement":1,"\\u202eStatement":2}'],
    ['is nested without end', '['.repeat(50_000)],
    ['has a hostile effect', '{"Statement":{"Effect":"\\u0007Deny"}}'],
  ])('on a policy that %s is still one line', async (_, text) => {
    const { handle, puts, logs } = await startLambda();
    await handle(
      changeEvent('s3-tls-only', bucketWith('b', { BucketPolicy: { policyText: text } })),
    );
    const [evaluation] = puts()[0]?.Evaluations ?? [];
    expect(evaluation).toMatchObject({
      ComplianceType: 'NON_COMPLIANT',
      Annotation: expect.stringMatching(/^evidenceUnavailable: The policy could not be assessed: /),
    });
    expect(evaluation?.Annotation).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    expect(logs).toMatchObject([{ level: 'info' }]);
  });
});

const waiver = (parts: Partial<Waiver> = {}): Waiver => ({
  ...{ id: 'W-7', rule: 's3-tls-only', subject: { arn: 'arn:aws:s3:::plain' } },
  ...{ owner: 'team', approver: 'lead', reason: 'legacy', created: '2026-01-01' },
  expires: '2026-03-02',
  ...parts,
});
const SENTENCE = sentence('s3-tls-only', 'noPolicy');

describe('a waiver', () => {
  it.each<[string, Partial<Waiver>, string, string]>([
    ['in force, to its last day', {}, 'NOT_APPLICABLE', `waived W-7, noPolicy: ${SENTENCE}`],
    [
      'for the account',
      { subject: { account: '111122223333' } },
      'NOT_APPLICABLE',
      `waived W-7, noPolicy: ${SENTENCE}`,
    ],
    [
      'that expired',
      { expires: '2026-03-01' },
      'NON_COMPLIANT',
      `waiverExpired: Waiver W-7 expired on 2026-03-01 (noPolicy). ${SENTENCE}`,
    ],
    ['for another rule', { rule: 's3-log-retention' }, 'NON_COMPLIANT', `noPolicy: ${SENTENCE}`],
    [
      'for another bucket',
      { subject: { arn: 'arn:aws:s3:::plain2' } },
      'NON_COMPLIANT',
      `noPolicy: ${SENTENCE}`,
    ],
  ])('%s', async (_, parts, ComplianceType, Annotation) => {
    const settings = { ...emptySettings, waivers: [waiver(parts)] };
    const { handle, puts } = await startLambda({}, { settings });
    await handle(changeEvent('s3-tls-only', bucketItem('plain')));
    expect(puts()[0]?.Evaluations).toMatchObject([{ ComplianceType, Annotation }]);
  });

  it('is judged by the clock and says nothing of what complies', async () => {
    const settings = { ...emptySettings, waivers: [waiver()] };
    const now = () => new Date('2026-03-03T00:00:00.000Z');
    const { handle, results } = await startLambda({}, { settings, now });
    await handle(changeEvent('s3-tls-only', bucketItem('plain')));
    expect(results()).toMatchObject([{ annotation: expect.stringMatching(/^waiverExpired: /) }]);
    const later = { configurationItemCaptureTime: '2026-03-02T00:00:00.000Z' };
    await handle(changeEvent('s3-tls-only', tlsBucket('plain', later)));
    expect(results()).toMatchObject([{ complianceType: 'COMPLIANT' }]);
  });
});
