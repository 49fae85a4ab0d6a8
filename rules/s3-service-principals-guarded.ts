import { defineRule, fail, ownList, partOf, pass, primary, say, skip, supporting } from '../src/engine/rule.ts';
import { grantsToServices } from '../src/knowledge/policies/service-grants.ts';
import { trustedSources, trustOf } from '../src/knowledge/policies/trust.ts';
import { unscopedGrants } from '../src/policy/questions/grants.ts';
import { settingsEntries } from '../src/settings/settings.ts';

export default defineRule({
  id: 's3-service-principals-guarded',
  areas: ['sharing'],
  severity: 'high',
  tier: 'recommended',
  title: 'S3 buckets only allow AWS services to act on behalf of approved accounts',
  rationale:
    'A service acts for every AWS customer: unless the statement says on whose behalf, a stranger can use the service to write to the ' +
    'bucket, or read from it.',
  limits: [
    'Statements that name a service are judged, approved or not. Whether the service is wanted is judged by s3-cross-account-scoped, ' +
      'and a grant to everyone by s3-no-public-access.',
    'What a service does for an approved account is not visible.',
  ],
  requirements: {
    'gdpr 32(1)(b)': primary('Services that the policy names only act on behalf of approved accounts.'),
    'gdpr 32(4)': supporting('Services act on the data only for accounts that the controller approved.'),
    'hipaa 164.312(a)(1)': primary('Services only get access on behalf of those granted access rights.'),
    'hipaa 164.308(a)(4)(i)': supporting('On whose behalf a service may act is an authorization on record.'),
  },
  reads: ['policy'],
  parameters: {
    ...trustedSources,
    exemptServices: ownList(settingsEntries['trust.services'], 'Services that need no guard, because they send none of the keys.'),
  },
  messages: {
    guarded: pass('Every service that the policy names is bound to an approved account or organization.'),
    noServices: skip('The policy does not name a service that needs a guard.'),
    unguarded: fail('Statement {sid} allows {principal} to perform {action} on behalf of accounts that are not approved{condition}.', {
      fix:
        'Add a condition on aws:SourceAccount, on aws:SourceArn with the account in it, or on aws:SourceOrgID, with StringEquals or ' +
        'ArnLike and approved values.',
      caution: 'Deliveries stop where the service does not send the key or acts for another account: check that new deliveries arrive.',
    }),
  },
  evaluate({ bucket, params }) {
    const { exemptServices, ...sources } = params;
    const granting = partOf(bucket, 'policy', (whole) => grantsToServices(whole, exemptServices).policy);
    const { policy, services } = grantsToServices(granting, exemptServices);
    if (policy.statements.every(({ effect }) => effect === 'Deny')) return say('noServices');
    const grantees = { ...sources, trustedServices: services, trustedCanonicalUsers: [], requireSourceGuard: true };
    const [open] = unscopedGrants(policy, bucket, trustOf(grantees));
    if (!open) return say('guarded');
    const condition = open.condition === null ? '' : `: ${open.condition} does not prevent it`;
    return say('unguarded', { ...open, condition }, open);
  },
});
