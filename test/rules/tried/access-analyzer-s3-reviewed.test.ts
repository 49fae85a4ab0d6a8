import rule from '../../../rules/access-analyzer-s3-reviewed.ts';
import type { AccessFinding, Analyzer } from '../../../src/facts/access-analysis.ts';
import { describeConfigurations, UNKNOWN } from '../../describe-rule.ts';

const account = { name: 'account', finds: 'external', status: 'ACTIVE' } as const;
const finding = (createdAt: string, error: string | null = null): AccessFinding => ({ id: 'f1', analyzer: 'account', createdAt, error });
const analysis = (analyzers: readonly Analyzer[], ...findings: readonly AccessFinding[]) => ({
  accessAnalysis: { analyzers, findings },
});

describeConfigurations(rule, {
  given: { now: '2026-06-15T12:00:00.000Z' },
  cases: [
    { when: 'found in an hour', facts: analysis([account], finding('2026-06-15T13:00:00.000Z')), says: 'waiting' },
    {
      when: 'found next year, beside an old one',
      facts: analysis([account], finding('2026-01-01T00:00:00.000Z'), finding('2027-06-15T12:00:00.000Z')),
      says: UNKNOWN,
    },
    { when: 'found a second more than 14 days ago', facts: analysis([account], finding('2026-06-01T11:59:59.000Z')), says: 'unreviewed' },
    {
      when: 'an old finding before a new one',
      facts: analysis([account], finding('2026-01-01T00:00:00.000Z'), finding('2026-06-14T12:00:00.000Z')),
      says: 'unreviewed',
    },
    {
      when: 'an old finding after a new one',
      facts: analysis([account], finding('2026-06-14T12:00:00.000Z'), finding('2026-01-01T00:00:00.000Z')),
      says: 'unreviewed',
    },
  ],
});
