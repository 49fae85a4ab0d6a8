import { defineRule, fail, pass, primary, supporting } from '../src/engine/rule.ts';
import { judgeAccessPointSharing } from '../src/knowledge/policies/sharing.ts';
import { trustedGrantees } from '../src/knowledge/policies/trust.ts';

const FIX = `Narrow the statement of the access point policy to approved principals, or add a condition on aws:PrincipalOrgID or aws:PrincipalAccount; or have the grantee approved in the settings.`;

export default defineRule({
  id: 's3-access-point-scoped',
  areas: ['sharing'],
  severity: 'high',
  title: 'S3 access points are shared only with approved accounts, organizations and services',
  rationale: `A bucket may leave the decision to its access points; then the policy of one of them hands out the data, where no review of the bucket finds it.`,
  limits: [
    `Judges the policy of the access point as written, before Block Public Access. The bucket must allow a request as well, so a finding may be a door behind a locked one. AWS Config does not record the policy, so it is asked of S3; of a Multi-Region Access Point, the policy that is established everywhere.`,
  ],
  requirements: {
    'gdpr 32(1)(b)': primary('Personal data stays confidential whichever way it is reached.'),
    'gdpr 32(4)': supporting('Only principals the controller approved can reach the data.'),
    'hipaa 164.312(a)(1)': primary('Access is allowed only to those granted access rights.'),
    'hipaa 164.308(a)(4)(i)': supporting('Access from outside follows an authorization on record.'),
  },
  subject: 'accessPoint',
  reads: ['accessPointPolicy', 'accessPointArn'],
  parameters: trustedGrantees,
  messages: {
    noPolicy: pass('The access point has no policy, so it grants nothing by itself.'),
    scoped: pass('Every grant in the policy of the access point is to an approved grantee.'),
    openStatement: fail(`Statement {sid} lets {caller} perform {action} (principal {principal}){condition}.`, {
      fix: FIX,
    }),
  },
  evaluate: ({ accessPoint, params }) => judgeAccessPointSharing(accessPoint, params),
});
