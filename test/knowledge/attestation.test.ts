import { expect, it } from 'vitest';
import rule from '../../rules/access-analyzer-s3-reviewed.ts';
import type { AccessFinding, Analyzer } from '../../src/facts/access-analysis.ts';
import { attestationsFor, isForRegion } from '../../src/knowledge/accounts/attestation.ts';
import type { Attestation } from '../../src/settings/attestation.ts';
import { bucket } from '../describe-rule.ts';
import { attestation } from '../facet-values.ts';
import { subjectOf } from '../subject-of.ts';

const now = '2026-06-15T12:00:00.000Z';
const account = { name: 'account', finds: 'external', status: 'ACTIVE' } as const;
const analyzerIn = (region: string, owner = '999999999999') =>
  `arn:aws:access-analyzer:${region}:${owner}:analyzer/organization`;
const external = (given: object = {}) =>
  attestation({ watches: 'externalAccess', arn: analyzerIn('eu-central-1'), ...given });
const unused = (given: object = {}) => external({ watches: 'unusedAccess', ...given });
const found = (createdAt: string, error: string | null = null): AccessFinding => ({
  id: '3a8f1d2e',
  analyzer: 'account',
  createdAt,
  error,
});

function judged(
  attestations: readonly object[],
  analyzers: readonly Analyzer[] = [],
  findings: readonly AccessFinding[] = [],
  requireUnusedAccess = false,
) {
  const facts = { now, accessAnalysis: { analyzers, findings } };
  const subject = subjectOf(bucket, rule.reads, (name) => ({
    value: facts[name as keyof typeof facts],
  }));
  const given = { attestations: attestations as readonly Attestation[], requireUnusedAccess };
  return rule.evaluate(subject, { maximumFindingAgeDays: 14, ...given }).messageId;
}

it.each<[string, object, string]>([
  ['of the Region', {}, 'attested'],
  ['for this account among others', { accounts: ['222222222222', bucket.account] }, 'attested'],
  ['of a year ago to the day', { at: '2025-06-15' }, 'attested'],
  ['of today', { at: '2026-06-15' }, 'attested'],
  ['of more than a year ago', { at: '2025-06-14' }, 'noAnalyzer'],
  ['of tomorrow', { at: '2026-06-16' }, 'noAnalyzer'],
  ['for other accounts', { accounts: ['222222222222'] }, 'noAnalyzer'],
  ['for no account', { accounts: [] }, 'noAnalyzer'],
  ['of another Region', { arn: analyzerIn('us-east-1') }, 'noAnalyzer'],
  ['of another Region, for all', { arn: analyzerIn('us-east-1'), regions: ['*'] }, 'noAnalyzer'],
  ['of the account itself', { arn: analyzerIn('eu-central-1', bucket.account) }, 'noAnalyzer'],
  ['of another kind', { watches: 'unusedAccess' }, 'noAnalyzer'],
])('an analyzer attested %s', (_name, given, says) => {
  expect(judged([external(given)])).toBe(says);
});

it('what is seen here decides before what is attested', () => {
  expect(judged([external()], [account])).toBe('reviewed');
  expect(judged([external()], [{ ...account, status: 'DISABLED' }])).toBe('attested');
  expect(judged([external()], [account], [found('2026-01-01T00:00:00.000Z')])).toBe('unreviewed');
});

it('unused access is attested by itself, in whatever Region its analyzer is', () => {
  const elsewhere = unused({ arn: analyzerIn('us-east-1') });
  expect(judged([external()], [], [], true)).toBe('noUnusedAccess');
  expect(judged([external(), elsewhere], [], [], true)).toBe('attested');
  expect(judged([elsewhere], [account], [], true)).toBe('reviewed');
});

it.each([
  'INTERNAL_ERROR',
  'SOMETHING_NEW',
])('an analysis that ended with %s is missing evidence', (error) => {
  const failed = found('2026-01-01T00:00:00.000Z', error);
  expect(() => judged([], [account], [failed])).toThrow(`analyzer account answered ${error}`);
});

it.each<[string, object, boolean]>([
  ['its own Region', {}, true],
  ['a Region that is listed', { regions: ['us-east-1', 'eu-central-1'] }, true],
  ['every Region', { regions: ['*'] }, true],
  ['another Region', { regions: ['us-east-1'] }, false],
])('an event data store is attested for %s', (_name, given, expected) => {
  const arn = 'arn:aws:cloudtrail:eu-central-1:999999999999:eventdatastore/1';
  const store = attestation({ watches: 'dataEvents', arn, ...given }) as unknown as Attestation;
  expect(attestationsFor([store], 'dataEvents', { ...bucket, now })).toEqual([store]);
  expect(isForRegion(store, 'eu-central-1')).toBe(expected);
});
