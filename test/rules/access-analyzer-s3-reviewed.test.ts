import rule from '../../rules/access-analyzer-s3-reviewed.ts';
import type { AccessFinding, Analyzer } from '../../src/facts/access-analysis.ts';
import { describeRule } from '../describe-rule.ts';

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

describeRule(rule, {
  given: { now: '2026-06-15T12:00:00.000Z' },
  compliant: [
    ['watched, nothing found', analysis([account]), 'reviewed'],
    ['one of two analyzers is active', analysis([{ ...account, status: 'DISABLED' }, account]), 'reviewed'],
    // Prowler's accessanalyzer_enabled_without_findings fails on any active finding, found a minute ago or not.
    ['found today', analysis([account], finding('2026-06-15T11:59:00.000Z')), 'waiting'],
    ['found 14 days ago', analysis([account], finding('2026-06-01T12:00:00.000Z')), 'waiting'],
    [
      'found 60 days ago, with 90 days time',
      analysis([account], finding('2026-04-16T12:00:00.000Z')),
      'waiting',
      { maximumFindingAgeDays: 90 },
    ],
    ['unused access is watched, too', analysis([unused, account]), 'reviewed', { requireUnusedAccess: true }],
  ],
  nonCompliant: [
    ['no analyzer', analysis([]), 'noAnalyzer'],
    // Prowler's accessanalyzer_enabled passes with any active analyzer, also one that looks at no bucket.
    ['no analyzer but for unused access', analysis([unused]), 'noAnalyzer'],
    ['no analyzer but for internal access', analysis([{ ...account, finds: 'internal' }]), 'noAnalyzer'],
    ['no active one', analysis([{ ...account, status: 'DISABLED' }]), 'inactive'],
    ['none yet', analysis([{ ...account, status: 'CREATING' }, unused]), 'inactive'],
    ['found 15 days ago', analysis([account], finding('2026-05-31T12:00:00.000Z')), 'unreviewed'],
    [
      'found today and long ago',
      analysis([account], finding('2026-06-15T00:00:00.000Z'), finding('2026-01-01T00:00:00.000Z')),
      'unreviewed',
    ],
    [
      'found two days ago, with one day time',
      analysis([account], finding('2026-06-13T12:00:00.000Z')),
      'unreviewed',
      { maximumFindingAgeDays: 1 },
    ],
    ['not analysed', analysis([account], finding('2026-06-15T00:00:00.000Z', 'ACCESS_DENIED')), 'notAnalysed'],
    ['unused access is not watched', analysis([account]), 'noUnusedAccess', { requireUnusedAccess: true }],
    [
      'unused access is no longer watched',
      analysis([account, { ...unused, status: 'DISABLED' }]),
      'noUnusedAccess',
      { requireUnusedAccess: true },
    ],
  ],
});
