import { defineRule, fail, pass, primary, supporting } from '../src/engine/rule.ts';
import { bucketSharing, judgeSharing } from '../src/knowledge/policies/sharing.ts';

const FIX = `Narrow the statement to approved principals, or add a condition on aws:PrincipalOrgID, aws:PrincipalAccount or, for a service, aws:SourceAccount; or have the grantee approved in the settings.`;

export default defineRule({
  id: 's3-cross-account-scoped',
  areas: ['sharing'],
  severity: 'critical',
  title: 'S3 buckets are shared only with approved accounts, organizations and services',
  rationale: `One statement that is wider than meant hands the data to an account, a service or a public that nobody approved.`,
  limits: [
    `Judges grants as written, before Block Public Access and service control policies. Who may assume an approved role is not seen; what access points grant is judged by s3-access-point-scoped. A grant to a deleted user or role lets nobody in, as ids are not used again.`,
  ],
  requirements: {
    'gdpr 32(1)(b)': primary(`Personal data stays confidential between the parties approved for it.`),
    'gdpr 32(4)': supporting('Only principals the controller approved can reach the data.'),
    'hipaa 164.312(a)(1)': primary('Access is allowed only to those granted access rights.'),
    'hipaa 164.308(a)(4)(i)': supporting('Access from outside follows an authorization on record.'),
    'hipaa 164.308(b)(1)': supporting('Accounts of business associates are listed and reviewed.'),
  },
  reads: ['policy', 'acl'],
  parameters: bucketSharing,
  messages: {
    scoped: pass('Every grant in the policy and the ACL is to an approved grantee.'),
    openStatement: fail(`Statement {sid} lets {caller} perform {action} (principal {principal}){condition}.`, {
      fix: FIX,
    }),
    forbiddenAction: fail('Statement {sid} lets {caller} perform {action}, which no other account may.', { fix: FIX }),
    beyondGrant: fail(`Statement {sid} lets {caller} perform {action} on {resource}: more than approved.`, {
      fix: FIX,
    }),
    orphaned: fail('Statement {sid} grants to {principal}, a user or role that was deleted.', { fix: FIX }),
    orphanedOnly: pass(`Every grant is to an approved grantee, or to nobody: {principal} in {sid} was deleted.`),
    foreignAcl: fail('The ACL grants {permission} to {grantee}, which is not approved.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeSharing(bucket, params),
});
