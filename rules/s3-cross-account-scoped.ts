import { foreignGrants } from '../src/core/acl.ts';
import { defineRule, flag, listFrom, ownList, primary, recordsFrom, supporting } from '../src/core/rule.ts';
import { actionEntry } from '../src/core/settings.ts';
import { DECIDING_ACTIONS, trustedSources, trustOf } from '../src/core/trust.ts';
import { orphanedPrincipals, unscopedGrants } from '../src/policy/grants.ts';

export default defineRule({
  id: 's3-cross-account-scoped',
  title: 'S3 buckets are shared only with approved accounts, organizations and services',
  rationale: `One statement that is wider than meant hands the data to an account, a service or a public that nobody approved.`,
  remediation: `Narrow the statement to approved principals, or add a condition on aws:PrincipalOrgID, aws:PrincipalAccount or, for a service, aws:SourceAccount; or have the grantee approved in the settings.`,
  limits: `Judges grants as written, before Block Public Access and service control policies. Who may assume an approved role is not seen; what access points grant is judged by s3-access-point-scoped. A grant to a deleted user or role lets nobody in, as ids are not used again.`,
  severity: 'critical',
  satisfies: {
    'gdpr 32(1)(b)': primary(`Personal data stays confidential between the parties approved for it.`),
    'gdpr 32(4)': supporting('Only principals the controller approved can reach the data.'),
    'hipaa 164.312(a)(1)': primary('Access is allowed only to those granted access rights.'),
    'hipaa 164.308(a)(4)(i)': supporting('Access from outside follows an authorization on record.'),
    'hipaa 164.308(b)(1)': supporting('Accounts of business associates are listed and reviewed.'),
  },
  reads: ['policy', 'acl'],
  parameters: {
    ...trustedSources,
    trustedServices: listFrom('trust.services', 'AWS services that may be granted access.'),
    trustedCanonicalUsers: listFrom('trust.canonicalUsers', 'Canonical users likewise.'),
    requireSourceGuard: flag(true, 'Whether a service must be bound to an approved source.'),
    grants: recordsFrom('trust.grants', 'What some of them may do at most.'),
    forbiddenActions: ownList(actionEntry, 'Actions no other account may have.', DECIDING_ACTIONS),
    allowDelegation: flag(false, 'Whether access points of approved accounts may decide.'),
    orphanedPrincipalsFail: flag(false, 'Whether grants to deleted users and roles fail.'),
  },
  messages: {
    scoped: 'Every grant in the policy and the ACL is to an approved grantee.',
    openStatement: `Statement {sid} lets {caller} perform {action} (principal {principal}){condition}.`,
    forbiddenAction: 'Statement {sid} lets {caller} perform {action}, which no other account may.',
    beyondGrant: `Statement {sid} lets {caller} perform {action} on {resource}: more than approved.`,
    orphaned: 'Statement {sid} grants to {principal}, a user or role that was deleted.',
    orphanedOnly: `Every grant is to an approved grantee, or to nobody: {principal} in {sid} was deleted.`,
    foreignAcl: 'The ACL grants {permission} to {grantee}, which is not approved.',
  },
  evaluate({ bucket, params, pass, fail }) {
    const trust = trustOf(params, {
      services: params.trustedServices,
      canonicalUsers: params.trustedCanonicalUsers,
      requireSourceGuard: params.requireSourceGuard,
      grants: params.grants,
      forbiddenActions: params.forbiddenActions,
      allowDelegation: params.allowDelegation,
    });
    const [open] = bucket.policy === null ? [] : unscopedGrants(bucket.policy, bucket, trust);
    if (open?.reason === 'forbiddenAction' || open?.reason === 'beyondGrant') {
      return fail(open.reason, { ...open }, open);
    }
    if (open) {
      const condition = open.condition === null ? '' : `: ${open.condition} does not stop it`;
      return fail('openStatement', { ...open, condition }, open);
    }
    const [foreign] = foreignGrants(bucket.acl, params.trustedCanonicalUsers);
    if (foreign) return fail('foreignAcl', foreign);
    const [orphan] = bucket.policy === null ? [] : orphanedPrincipals(bucket.policy);
    if (!orphan) return pass('scoped');
    return params.orphanedPrincipalsFail
      ? fail('orphaned', { ...orphan }, orphan)
      : pass('orphanedOnly', { ...orphan }, orphan);
  },
});
