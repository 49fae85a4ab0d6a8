import { foreignGrants } from '../src/core/acl.ts';
import { flag, listFrom } from '../src/core/parameters.ts';
import { defineRule, primary, supporting } from '../src/core/rule.ts';
import { unscopedGrants } from '../src/policy/grants.ts';

export default defineRule({
  id: 's3-cross-account-scoped',
  title: 'S3 buckets are shared only with approved accounts, organizations and services',
  rationale:
    'One statement that is wider than meant hands the data to an account, a service or a public that nobody approved.',
  remediation:
    'Narrow the statement to approved principals, or add a condition on aws:PrincipalOrgID, aws:PrincipalAccount or, for a service, aws:SourceAccount; or have the grantee approved in the settings.',
  limits:
    'Judges grants as written, before Block Public Access and service control policies. Who may assume an approved role, and what access points grant, is not seen here.',
  severity: 'critical',
  satisfies: {
    'gdpr 32(1)(b)': primary(
      'Personal data stays confidential between the parties approved for it.',
    ),
    'gdpr 32(4)': supporting('Only principals the controller approved can reach the data.'),
    'hipaa 164.312(a)(1)': primary('Access is allowed only to those granted access rights.'),
    'hipaa 164.308(a)(4)(i)': supporting('Access from outside follows an authorization on record.'),
    'hipaa 164.308(b)(1)': supporting('Accounts of business associates are listed and reviewed.'),
  },
  subject: 'bucket',
  reads: ['policy', 'acl'],
  parameters: {
    trustedAccounts: listFrom('trust.accounts', 'Accounts that may be granted access.'),
    trustedOrganizations: listFrom(
      'trust.organizations',
      'Organizations that may be granted access.',
    ),
    trustedOrganizationPaths: listFrom('trust.organizationPaths', 'Organization paths likewise.'),
    trustedServices: listFrom('trust.services', 'AWS services that may be granted access.'),
    trustedCanonicalUsers: listFrom('trust.canonicalUsers', 'Canonical users likewise.'),
    requireSourceGuard: flag(true, 'Whether a service must be bound to an approved source.'),
  },
  messages: {
    scoped: 'Every grant in the policy and the ACL is to an approved grantee.',
    openStatement:
      'Statement {sid} lets {caller} perform {action} (principal {principal}){condition}.',
    foreignAcl: 'The ACL grants {permission} to {grantee}, which is not approved.',
  },
  evaluate({ bucket, params, pass, fail }) {
    const trust = {
      accounts: params.trustedAccounts,
      organizations: params.trustedOrganizations,
      organizationPaths: params.trustedOrganizationPaths,
      services: params.trustedServices,
      canonicalUsers: params.trustedCanonicalUsers,
      requireSourceGuard: params.requireSourceGuard,
    };
    const [open] = bucket.policy === null ? [] : unscopedGrants(bucket.policy, bucket, trust);
    if (open) {
      const condition = open.condition === null ? '' : `: ${open.condition} does not stop it`;
      return fail('openStatement', { ...open, condition }, open);
    }
    const [foreign] = foreignGrants(bucket.acl, params.trustedCanonicalUsers);
    return foreign ? fail('foreignAcl', foreign) : pass('scoped');
  },
});
