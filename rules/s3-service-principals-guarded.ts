import { defineRule, fail, ownList, pass, primary, skip, supporting } from '../src/engine/rule.ts';
import { judgeServices } from '../src/knowledge/policies/sharing.ts';
import { trustedSources } from '../src/knowledge/policies/trust.ts';
import { settingsEntries } from '../src/settings/settings.ts';

const FIX = `Add a condition on aws:SourceAccount, on aws:SourceArn with the account in it, or on aws:SourceOrgID, with StringEquals or ArnLike and approved values.`;

export default defineRule({
  id: 's3-service-principals-guarded',
  areas: ['sharing'],
  severity: 'high',
  title: 'S3 buckets let AWS services in only on behalf of approved accounts',
  rationale: `A service acts for every customer of AWS: unless the statement says for whom, a stranger can have it write to the bucket, or read from it.`,
  limits: [
    `Judges statements that name a service, approved or not; whether the service is wanted is judged by s3-cross-account-scoped, and a grant to everyone by s3-no-public-access. What a service does for an approved account is not seen.`,
  ],
  requirements: {
    'gdpr 32(1)(b)': primary('No stranger reaches personal data through a service.'),
    'gdpr 32(4)': supporting('Services act on the data only for those the controller approved.'),
    'hipaa 164.312(a)(1)': primary('Services get in only for those granted access rights.'),
    'hipaa 164.308(a)(4)(i)': supporting(`For whom a service may act is an authorization on record.`),
  },
  reads: ['policy'],
  parameters: {
    ...trustedSources,
    exemptServices: ownList(settingsEntries['trust.services'], 'Services that need no guard, because they send none of the keys.'),
  },
  messages: {
    guarded: pass('Every service named by the policy is bound to an approved account or organization.'),
    noServices: skip('The policy names no service that needs a guard.'),
    unguarded: fail(`Statement {sid} lets {principal} perform {action} for accounts that nobody approved{condition}.`, {
      fix: FIX,
    }),
  },
  evaluate: ({ bucket, params }) => judgeServices(bucket.policy, bucket, params),
});
