import { defineRule, fail, pass, primary, say, supporting } from '../src/engine/rule.ts';
import { trustedGrantees, trustOf } from '../src/knowledge/policies/trust.ts';
import { unscopedGrants } from '../src/policy/questions/grants.ts';

export default defineRule({
  id: 's3-access-point-scoped',
  areas: ['sharing'],
  severity: 'high',
  tier: 'recommended',
  title: 'S3 access points are shared only with approved accounts, organizations and services',
  rationale:
    'A bucket may leave the decision to its access points; the policy of one of them then shares the data where a review of the bucket ' +
    'does not find it.',
  limits: [
    'The policy of the access point is judged as written, before Block Public Access. The bucket must allow a request as well, so a ' +
      'finding may be a door behind a locked one.',
    'AWS Config does not record the policy, so S3 is asked for it; for a Multi-Region Access Point, the policy that is established ' +
      'everywhere.',
  ],
  requirements: {
    'gdpr 32(1)(b)': primary('The access point only shares personal data with approved parties.'),
    'gdpr 32(4)': supporting('The policy only allows principals that the controller approved.'),
    'hipaa 164.312(a)(1)': primary('The policy only allows those granted access rights.'),
    'hipaa 164.308(a)(4)(i)': supporting('Access from outside follows an authorization on record.'),
  },
  subject: 'accessPoint',
  reads: ['accessPointPolicy', 'accessPointArn'],
  parameters: trustedGrantees,
  messages: {
    noPolicy: pass('The access point has no policy, so it grants nothing by itself.', {
      except: ['gdpr 32(4)', 'hipaa 164.308(a)(4)(i)'],
    }),
    scoped: pass('Every grant in the policy of the access point is to an approved grantee.'),
    openStatement: fail('Statement {sid} allows {caller} to perform {action} (principal {principal}){condition}.', {
      fix:
        'Limit the statement to approved principals, or add a condition on aws:PrincipalOrgID or aws:PrincipalAccount ' +
        '(PutAccessPointPolicy); or approve the grantee in the settings.',
      caution:
        'PutAccessPointPolicy replaces the whole policy. Callers that depend on the statement lose access: look them up in CloudTrail ' +
        'first.',
    }),
  },
  evaluate({ accessPoint, params }) {
    const { accessPointPolicy: policy, account } = accessPoint;
    if (policy === null) return say('noPolicy');
    const [open] = unscopedGrants(policy, { arn: accessPoint.accessPointArn, account }, trustOf(params));
    if (!open) return say('scoped');
    const condition = open.condition === null ? '' : `: ${open.condition} does not prevent it`;
    return say('openStatement', { ...open, condition }, open);
  },
});
