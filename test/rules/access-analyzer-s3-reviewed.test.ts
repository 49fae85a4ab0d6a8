import { expect, it } from 'vitest';
import rule from '../../rules/access-analyzer-s3-reviewed.ts';
import type { AccessFinding, Analyzer } from '../../src/facts/access-analysis.ts';
import { bucket, describeRule } from '../describe-rule.ts';
import { subjectOf } from '../subject-of.ts';

const account = { name: 'account', finds: 'external', status: 'ACTIVE' } as const;
const unused = { name: 'unused', finds: 'unused', status: 'ACTIVE' } as const;
const finding = (createdAt: string, error: string | null = null): AccessFinding => ({
  id: '3a8f1d2e-0b54-4f3e-9a86-5c1d2e3f4a5b',
  analyzer: 'account',
  createdAt,
  error,
});
const analysis = (analyzers: readonly Analyzer[], ...findings: readonly AccessFinding[]) => ({
  accessAnalysis: { analyzers, findings },
});

const attested = (parts: object = {}) => ({
  attestations: [
    {
      watches: 'externalAccess',
      arn: 'arn:aws:access-analyzer:eu-central-1:999999999999:analyzer/organization',
      accounts: ['*'],
      attestedBy: 'Head of security',
      at: '2026-06-01',
      ...parts,
    },
  ],
});
const withBoth = [attested().attestations[0], attested({ watches: 'unusedAccess' }).attestations[0]];

describeRule(rule, {
  given: { now: '2026-06-15T12:00:00.000Z' },
  cases: [
    { when: 'watched, nothing found', facts: analysis([account]), says: 'reviewed' },
    { when: 'one of two analyzers is active', facts: analysis([{ ...account, status: 'DISABLED' }, account]), says: 'reviewed' },
    {
      when: 'found today',
      facts: analysis([account], finding('2026-06-15T11:59:00.000Z')),
      says: 'waiting',
      peers: 'Prowler’s accessanalyzer_enabled_without_findings fails on any active finding, found a minute ago or not.',
    },
    { when: 'found 14 days ago', facts: analysis([account], finding('2026-06-01T12:00:00.000Z')), says: 'waiting' },
    {
      when: 'found 60 days ago, with 90 days time',
      facts: analysis([account], finding('2026-04-16T12:00:00.000Z')),
      params: { maximumFindingAgeDays: 90 },
      says: 'waiting',
    },
    { when: 'unused access is watched, too', facts: analysis([unused, account]), params: { requireUnusedAccess: true }, says: 'reviewed' },
    { when: 'an analyzer of the organization', facts: analysis([]), params: attested(), says: 'attested' },
    {
      when: 'an analyzer of the organization besides one that is disabled',
      facts: analysis([{ ...account, status: 'DISABLED' }]),
      params: attested({ accounts: [bucket.account] }),
      says: 'attested',
    },
    {
      when: 'analyzers of the organization for both kinds of access',
      facts: analysis([]),
      params: { attestations: withBoth, requireUnusedAccess: true },
      says: 'attested',
    },
    { when: 'an own analyzer as well', facts: analysis([account]), params: attested(), says: 'reviewed' },
    {
      when: 'an own analyzer that found something, whatever is attested',
      facts: analysis([account], finding('2026-01-01T00:00:00.000Z')),
      params: attested(),
      says: 'unreviewed',
    },
    {
      when: 'attested for unused access alone',
      facts: analysis([]),
      params: attested({ watches: 'unusedAccess' }),
      says: 'noAnalyzer',
    },
    {
      when: 'attested for external access alone',
      facts: analysis([]),
      params: { ...attested(), requireUnusedAccess: true },
      says: 'noUnusedAccess',
    },
    {
      when: 'an analyzer of another Region',
      facts: analysis([]),
      params: attested({ arn: 'arn:aws:access-analyzer:us-east-1:999999999999:analyzer/organization' }),
      says: 'noAnalyzer',
    },
    {
      when: 'an analyzer of the account itself that is not there',
      facts: analysis([]),
      params: attested({ arn: `arn:aws:access-analyzer:eu-central-1:${bucket.account}:analyzer/account` }),
      says: 'noAnalyzer',
    },
    { when: 'an analyzer for other accounts', facts: analysis([]), params: attested({ accounts: ['222222222222'] }), says: 'noAnalyzer' },
    { when: 'attested more than a year ago', facts: analysis([]), params: attested({ at: '2025-06-14' }), says: 'noAnalyzer' },
    { when: 'attested for a day to come', facts: analysis([]), params: attested({ at: '2026-06-16' }), says: 'noAnalyzer' },
    {
      when: 'one analysis failed, and another finding is old',
      facts: analysis([account], finding('2026-06-15T00:00:00.000Z', 'INTERNAL_ERROR'), finding('2026-01-01T00:00:00.000Z')),
      says: 'unreviewed',
    },
    { when: 'no analyzer', facts: analysis([]), says: 'noAnalyzer' },
    {
      when: 'no analyzer but for unused access',
      facts: analysis([unused]),
      says: 'noAnalyzer',
      peers: 'Prowler’s accessanalyzer_enabled passes with any active analyzer, also one that looks at no bucket.',
    },
    { when: 'no analyzer but for internal access', facts: analysis([{ ...account, finds: 'internal' }]), says: 'noAnalyzer' },
    { when: 'no active one', facts: analysis([{ ...account, status: 'DISABLED' }]), says: 'inactive' },
    { when: 'none yet', facts: analysis([{ ...account, status: 'CREATING' }, unused]), says: 'inactive' },
    { when: 'found 15 days ago', facts: analysis([account], finding('2026-05-31T12:00:00.000Z')), says: 'unreviewed' },
    {
      when: 'found today and long ago',
      facts: analysis([account], finding('2026-06-15T00:00:00.000Z'), finding('2026-01-01T00:00:00.000Z')),
      says: 'unreviewed',
    },
    {
      when: 'found two days ago, with one day time',
      facts: analysis([account], finding('2026-06-13T12:00:00.000Z')),
      params: { maximumFindingAgeDays: 1 },
      says: 'unreviewed',
    },
    { when: 'not analysed', facts: analysis([account], finding('2026-06-15T00:00:00.000Z', 'ACCESS_DENIED')), says: 'notAnalysed' },
    { when: 'unused access is not watched', facts: analysis([account]), params: { requireUnusedAccess: true }, says: 'noUnusedAccess' },
    {
      when: 'unused access is no longer watched',
      facts: analysis([account, { ...unused, status: 'DISABLED' }]),
      params: { requireUnusedAccess: true },
      says: 'noUnusedAccess',
    },
  ],
});

it.each(['INTERNAL_ERROR', 'SOMETHING_NEW'])('an analysis that ended with %s is missing evidence', (error) => {
  const facts = { ...analysis([account], finding('2026-01-01T00:00:00.000Z', error)), now: '2026-06-15T12:00:00.000Z' };
  const subject = subjectOf(bucket, rule.reads, (name) => ({ value: facts[name as keyof typeof facts] }));
  const params = { maximumFindingAgeDays: 14, requireUnusedAccess: false, attestations: [] };
  expect(() => rule.evaluate(subject, params)).toThrow(`analyzer account answered ${error}`);
});
