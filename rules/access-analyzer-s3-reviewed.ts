import { days, defineRule, EvidenceUnavailable, fail, flag, pass, primary, recordsFrom, say, supporting } from '../src/engine/rule.ts';
import { attestationsFor, isInRegion, wordsOf } from '../src/knowledge/accounts/attestation.ts';
import { assertPast } from '../src/knowledge/past.ts';
import { hoursBetween } from '../src/values/time.ts';

export default defineRule({
  id: 'access-analyzer-s3-reviewed',
  areas: ['reviews'],
  severity: 'medium',
  title: 'IAM Access Analyzer watches S3 buckets, and its findings on access are reviewed',
  rationale: 'Without an analyzer, or if its findings are not read, it is left to chance who first learns that a bucket is shared.',
  limits: [
    'Only analyzers in the account and Region of the bucket are read. One that the organization has in another account counts where the ' +
      'settings attest it; its findings are not seen here.',
    'An analyzer for unused access, which is for IAM and not tied to a Region, must also be in the Region of the bucket.',
    'An attestation counts for 365 days; one of external access counts only in the Region of its analyzer.',
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
    attestations: recordsFrom('attestations', 'Analyzers of other accounts that watch this one, as someone attests.'),
  },
  messages: {
    reviewed: pass('Analyzer {analyzer} watches the bucket, and no finding is waiting for review.'),
    attested: pass('Analyzer {name} of account {owner} watches the bucket, as {attestedBy} attested on {at}.', {
      except: ['gdpr 32(1)(d)', 'gdpr 24(1)', 'hipaa 164.308(a)(4)(ii)(C)'],
    }),
    waiting: pass('Finding {finding} has been open since {since}; it must be reviewed within {maximumFindingAgeDays} days of that date.'),
    unreviewed: fail('Finding {finding} of {analyzer} has been open since {since}, for more than {maximumFindingAgeDays} days.', {
      fix:
        'If the access is intended, archive the finding (UpdateFindings). Otherwise remove the access from the bucket policy, ACL or ' +
        'access point.',
      caution: 'Removing access may cut off a partner or another account: ask the owner of the bucket first.',
    }),
    notAnalysed: fail('Analyzer {analyzer} cannot determine who has access to the bucket: {error}.', {
      fix: 'Exempt the role AWSServiceRoleForAccessAnalyzer from the Deny that applies to the bucket.',
      caution: 'Exempt only that role: a wider exception also opens the bucket to others.',
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
      only: ['hipaa 164.308(a)(8)'],
    }),
  },
  evaluate({ bucket, params }) {
    const { region, now, accessAnalysis } = bucket;
    const { maximumFindingAgeDays } = params;
    const attested = (watch: 'externalAccess' | 'unusedAccess') => attestationsFor(params.attestations, watch, bucket);
    const external = accessAnalysis.analyzers.filter(({ finds }) => finds === 'external');
    const active = accessAnalysis.analyzers.filter(({ status }) => status === 'ACTIVE');
    const analyzer = active.find(({ finds }) => finds === 'external') ?? external[0];
    const other = analyzer?.status === 'ACTIVE' ? undefined : attested('externalAccess').find((each) => isInRegion(each, region));
    if (other === undefined) {
      if (analyzer === undefined) return say('noAnalyzer', { region });
      const { name, status } = analyzer;
      if (status !== 'ACTIVE') return say('inactive', { analyzer: name, region, status });
    }
    const refused = accessAnalysis.findings.find(({ error }) => error === 'ACCESS_DENIED');
    if (refused) return say('notAnalysed', { analyzer: refused.analyzer, error: refused.error ?? '' }, refused);
    const findings = accessAnalysis.findings.filter(({ error }) => error === null);
    const [oldest] = findings.toSorted((one, another) => (one.createdAt < another.createdAt ? -1 : 1));
    for (const { id, createdAt } of findings) assertPast('accessAnalysis', `finding ${id}`, createdAt, now);
    const open = oldest && {
      finding: oldest.id,
      analyzer: oldest.analyzer,
      since: oldest.createdAt.slice(0, 10),
      maximumFindingAgeDays,
    };
    if (open && hoursBetween(oldest.createdAt, now) / 24 > maximumFindingAgeDays) return say('unreviewed', open, oldest);
    const isWatched = active.some(({ finds }) => finds === 'unused') || attested('unusedAccess').length > 0;
    if (params.requireUnusedAccess && !isWatched) return say('noUnusedAccess', { region });
    const failed = accessAnalysis.findings.find(({ error }) => error !== null);
    if (failed) throw new EvidenceUnavailable('accessAnalysis', `analyzer ${failed.analyzer} answered ${failed.error}`);
    if (open) return say('waiting', open, oldest);
    return other ? say('attested', wordsOf(other)) : say('reviewed', { analyzer: analyzer?.name ?? '' });
  },
});
