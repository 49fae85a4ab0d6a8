import { days, defineRule, fail, flag, pass, primary, say, supporting } from '../src/engine/rule.ts';
import { daysBetween } from '../src/values/time.ts';

export default defineRule({
  id: 'access-analyzer-s3-reviewed',
  areas: ['reviews'],
  severity: 'medium',
  title: 'IAM Access Analyzer watches S3 buckets, and its findings on access are reviewed',
  rationale: 'Without an analyzer, or if its findings are not read, it is left to chance who first learns that a bucket is shared.',
  limits: [
    'Only analyzers in the account and Region of the bucket are read. An analyzer for the organization counts in the account that has it.',
    'An analyzer for unused access, which is for IAM and not tied to a Region, must also be in the Region of the bucket.',
    'An archived finding counts as reviewed, whether a person or an archive rule archived it.',
  ],
  requirements: {
    'gdpr 32(1)(d)': primary('An active analyzer assesses access from outside, and its findings are reviewed within a set time.'),
    'gdpr 24(1)': supporting('Findings on access from outside are decided within a set time.'),
    'hipaa 164.308(a)(4)(ii)(C)': primary('Access from outside is analyzed and reviewed within a set time.'),
    'hipaa 164.308(a)(8)': supporting('An active analyzer evaluates the effect of policies.'),
  },
  reads: ['accessAnalysis', 'now'],
  parameters: {
    maximumFindingAgeDays: days(14, 'Number of days within which a finding must be reviewed.'),
    requireUnusedAccess: flag(false, 'Whether an analyzer for unused access must also be active.'),
  },
  messages: {
    reviewed: pass('Analyzer {analyzer} watches the bucket, and no finding is waiting for review.'),
    waiting: pass('Finding {finding} has been open since {since}; it must be reviewed within {maximumFindingAgeDays} days of that date.'),
    unreviewed: fail('Finding {finding} of {analyzer} has been open since {since}, for more than {maximumFindingAgeDays} days.', {
      fix:
        'If the access is intended, archive the finding (UpdateFindings). Otherwise remove the access from the bucket policy, ACL or ' +
        'access point.',
      caution: 'Removing access may cut off a partner or another account: ask the owner of the bucket first.',
    }),
    notAnalysed: fail('Analyzer {analyzer} cannot determine who has access to the bucket: {error}.', {
      fix:
        'For ACCESS_DENIED, exempt the role AWSServiceRoleForAccessAnalyzer from the Deny that applies to the bucket. For ' +
        'INTERNAL_ERROR, wait for the next analysis.',
    }),
    inactive: fail('Analyzer {analyzer} in {region} is {status}, and no other analyzer watches for access from outside.', {
      fix:
        'If it is CREATING, wait. If it is DISABLED, restore trusted access or the delegated administrator in AWS Organizations. If it ' +
        'FAILED, delete it and create it again.',
      caution: 'Deleting an analyzer also deletes its findings, which cannot be undone.',
    }),
    noAnalyzer: fail('No analyzer in {region} watches for access from outside.', {
      fix: 'Create an analyzer for external access in the account and Region of the bucket (CreateAnalyzer, type ACCOUNT). It is free.',
      caution: 'It also reports access from other accounts of your organization; each finding must then be reviewed in time.',
    }),
    noUnusedAccess: fail('No analyzer for unused access is active in {region}.', {
      fix: 'Create an analyzer for unused access in the Region of the bucket (CreateAnalyzer, type ACCOUNT_UNUSED_ACCESS).',
      caution: 'Each analyzer is charged every month for each IAM role and user, so one in every Region multiplies the charge.',
    }),
  },
  evaluate({ bucket, params }) {
    const { region, now, accessAnalysis } = bucket;
    const { maximumFindingAgeDays } = params;
    const external = accessAnalysis.analyzers.filter(({ finds }) => finds === 'external');
    const active = accessAnalysis.analyzers.filter(({ status }) => status === 'ACTIVE');
    const analyzer = active.find(({ finds }) => finds === 'external') ?? external[0];
    if (analyzer === undefined) return say('noAnalyzer', { region });
    const { name, status } = analyzer;
    if (status !== 'ACTIVE') return say('inactive', { analyzer: name, region, status });
    for (const finding of accessAnalysis.findings) {
      const { error } = finding;
      if (error !== null) return say('notAnalysed', { analyzer: finding.analyzer, error }, finding);
    }
    const [oldest] = accessAnalysis.findings.toSorted((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
    const open = oldest && {
      finding: oldest.id,
      analyzer: oldest.analyzer,
      since: oldest.createdAt.slice(0, 10),
      maximumFindingAgeDays,
    };
    if (open && daysBetween(oldest.createdAt, now) > maximumFindingAgeDays) return say('unreviewed', open, oldest);
    if (params.requireUnusedAccess && !active.some(({ finds }) => finds === 'unused')) return say('noUnusedAccess', { region });
    return open ? say('waiting', open, oldest) : say('reviewed', { analyzer: name });
  },
});
