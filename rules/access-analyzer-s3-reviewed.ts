import { defineRule, fail, pass, primary, supporting } from '../src/engine/rule.ts';
import { analysisTerms, judgeAnalysis } from '../src/knowledge/accounts/access-analysis.ts';

const FIX = `Create an analyzer of external access in the account and Region of the bucket (it is free of charge). Archive a finding whose access is wanted; take away the access otherwise.`;

export default defineRule({
  id: 'access-analyzer-s3-reviewed',
  areas: ['reviews'],
  severity: 'medium',
  title: 'IAM Access Analyzer watches S3 buckets, and its findings on access are reviewed',
  rationale: `An analyzer that is missing, or whose findings nobody reads, leaves it to chance who learns first that a bucket is shared.`,
  limits: [
    `Asks the analyzers in the bucket's own account and Region: one for the whole organization counts in the account that has it, others need one of their own. An analyzer of unused access, which is for IAM and not tied to a Region, is looked for in the Region of the bucket as well. An archived finding counts as reviewed, whoever or whatever rule archived it.`,
  ],
  requirements: {
    'gdpr 32(1)(d)': primary('Who can reach personal data from outside is assessed all the time, and looked at.'),
    'gdpr 24(1)': supporting('Findings on who gets in are reviewed and decided in time.'),
    'hipaa 164.308(a)(4)(ii)(C)': primary('Access from outside is found, reviewed, and kept or taken away.'),
    'hipaa 164.308(a)(8)': supporting('The effect of the policies is evaluated continuously.'),
  },
  reads: ['accessAnalysis', 'now'],
  parameters: analysisTerms,
  messages: {
    reviewed: pass('Analyzer {analyzer} watches the bucket, and no finding waits for a review.'),
    waiting: pass('Finding {finding} is open since {since}; its review is due within {maximumFindingAgeDays} days.'),
    unreviewed: fail('Finding {finding} of {analyzer} is open since {since}, for more than {maximumFindingAgeDays} days.', { fix: FIX }),
    notAnalysed: fail('Analyzer {analyzer} cannot tell who has access to the bucket: {error}.', { fix: FIX }),
    inactive: fail('Analyzer {analyzer} in {region} is {status}, and no other watches for access from outside.', {
      fix: FIX,
    }),
    noAnalyzer: fail('No analyzer in {region} watches for access from outside.', { fix: FIX }),
    noUnusedAccess: fail('No analyzer of unused access is active in {region}.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeAnalysis(bucket, params),
});
