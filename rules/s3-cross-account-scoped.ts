import { defineRule, fail, flag, partOf, pass, primary, say, supporting } from '../src/engine/rule.ts';
import { foreignGrantOn } from '../src/knowledge/buckets/acl.ts';
import { CALLERS_LOSE_ACCESS } from '../src/knowledge/cautions.ts';
import { grantLimits, namesCanonicalUsers, trustedGrantees, trustOf } from '../src/knowledge/policies/trust.ts';
import { orphanedPrincipals, unscopedGrants } from '../src/policy/questions/grants.ts';
import { sharingIn } from '../src/policy/questions/parts.ts';

export default defineRule({
  id: 's3-cross-account-scoped',
  areas: ['sharing'],
  severity: 'critical',
  tier: 'recommended',
  title: 'S3 buckets are shared only with approved accounts, organizations and services',
  rationale: 'One statement that is wider than intended shares the data with an account, a service or a public that was never approved.',
  limits: [
    'Grants are judged as written, before Block Public Access and service control policies.',
    'Who may assume an approved role is not visible. What access points grant is judged by s3-access-point-scoped.',
    'A grant to a deleted user or role gives no one access, because ids are not used again.',
  ],
  requirements: {
    'gdpr 32(1)(b)': primary('The policy and the ACL only share personal data with approved parties.'),
    'gdpr 32(4)': supporting('The policy only allows principals that the controller approved.'),
    'hipaa 164.312(a)(1)': primary('The policy and the ACL only allow those granted access rights.'),
    'hipaa 164.308(a)(4)(i)': supporting('Access from outside follows an authorization on record.'),
    'hipaa 164.308(b)(1)': supporting('Accounts that are granted access, as a business associate may be, are on the approved list.'),
  },
  reads: ['policy', 'acl'],
  parameters: {
    ...trustedGrantees,
    ...grantLimits,
    orphanedPrincipalsFail: flag(false, 'Whether grants to deleted users and roles fail.'),
  },
  messages: {
    scoped: pass('Every grant in the policy and the ACL is to an approved grantee.'),
    openStatement: fail('Statement {sid} allows {caller} to perform {action} (principal {principal}){condition}.', {
      fix:
        'Limit the statement to approved principals, or add a condition on aws:PrincipalOrgID, aws:PrincipalAccount or, for a service, ' +
        'aws:SourceAccount; or approve the grantee in the settings.',
      caution: CALLERS_LOSE_ACCESS,
    }),
    forbiddenAction: fail('Statement {sid} allows {caller} to perform {action}, which no other account may perform.', {
      fix: 'Remove the action from the statement, and let a role in the account of the bucket perform it.',
      caution: CALLERS_LOSE_ACCESS,
    }),
    beyondGrant: fail('Statement {sid} allows {caller} to perform {action} on {resource}: more than approved.', {
      fix: 'Reduce the statement to the approved actions and prefixes, or extend the grant under trust.grants.',
      caution: CALLERS_LOSE_ACCESS,
    }),
    orphaned: fail('Statement {sid} grants access to {principal}, a user or role that was deleted.', {
      fix: 'Remove the principal from the statement.',
      caution: 'PutBucketPolicy replaces the whole policy.',
      only: ['gdpr 32(4)', 'hipaa 164.308(a)(4)(i)'],
    }),
    orphanedOnly: pass('Every grant is to an approved grantee, except to {principal} in {sid}, which was deleted.', {
      except: ['gdpr 32(4)', 'hipaa 164.308(a)(4)(i)'],
    }),
    foreignAcl: fail('The ACL grants {permission} to {grantee}, which is not approved.', {
      fix: 'Remove the grant and, if it is still needed, give it in the bucket policy; or approve the canonical user in the settings.',
      caution: 'The grantee loses access.',
    }),
  },
  evaluate({ bucket, params }) {
    const policy = partOf(bucket, 'policy', (whole, { account }) => sharingIn(whole, account));
    // The owner may be named by the canonical id that its ACL shows.
    const owner = policy !== null && namesCanonicalUsers(policy) ? [bucket.acl.owner] : [];
    const trust = trustOf({ ...params, trustedCanonicalUsers: [...params.trustedCanonicalUsers, ...owner] }, params);
    const [open] = policy === null ? [] : unscopedGrants(policy, bucket, trust);
    if (open?.reason === 'forbiddenAction') return say('forbiddenAction', open, open);
    if (open?.reason === 'beyondGrant') return say('beyondGrant', open, open);
    const condition = open?.condition ? `: ${open.condition} does not prevent it` : '';
    if (open) return say('openStatement', { ...open, condition }, open);
    const foreign = foreignGrantOn(bucket, params.trustedCanonicalUsers);
    if (foreign) return say('foreignAcl', foreign);
    const [orphan] = policy === null ? [] : orphanedPrincipals(policy);
    if (!orphan) return say('scoped');
    return say(params.orphanedPrincipalsFail ? 'orphaned' : 'orphanedOnly', orphan, orphan);
  },
});
