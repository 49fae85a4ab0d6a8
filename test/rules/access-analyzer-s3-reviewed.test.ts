import rule from '../../rules/access-analyzer-s3-reviewed.ts';
import type { AccessFinding, Analyzer } from '../../src/facts/access-analysis.ts';
import { describeRule } from '../describe-rule.ts';
import { attestation } from '../facet-values.ts';

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

const arn = 'arn:aws:access-analyzer:eu-central-1:999999999999:analyzer/organization';
const attested = (...watches: readonly string[]) => ({ attestations: watches.map((each) => attestation({ watches: each, arn })) });

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
    { when: 'an analyzer of the organization', facts: analysis([]), params: attested('externalAccess'), says: 'attested' },
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
