import { defineRule, fail, flag, partOf, pass, primary, say, supporting } from '../src/engine/rule.ts';
import { publicGrantOn } from '../src/knowledge/buckets/acl.ts';
import { flagsInEffect } from '../src/knowledge/buckets/block-public-access.ts';
import { openIn, publicStatements } from '../src/policy/questions/public.ts';

const CLOSE = {
  fix: 'Remove the statement or the grant, or limit it to fixed principals. To publish content, use CloudFront with origin access control.',
  caution: 'Sites and clients that read the bucket without credentials stop working. Look at its access logs or data events first.',
};

export default defineRule({
  id: 's3-no-public-access',
  areas: ['policies', 'public-access'],
  severity: 'critical',
  tier: 'essential',
  title: 'S3 buckets are closed to the public, by policy and by ACL',
  rationale: 'Anyone who finds a public bucket can read it, and sometimes change it, and copies cannot be called back.',
  limits: [
    'Public means what Amazon S3 means by it ("The meaning of public" in Blocking public access): no fixed principal, network or ' +
      'source. A denial next to the grant does not change that.',
    'Access points, which have their own policies and flags, and the ACLs of single objects are not visible to the rule.',
    'Flags of the account that AWS Config has never recorded count as off.',
  ],
  requirements: {
    'gdpr 25(2)': primary('The policy and the ACL give no access to an indefinite number of persons.'),
    'gdpr 5(1)(f)': primary('Personal data in the bucket is not open to the public by policy or ACL.'),
    'gdpr 32(1)(b)': supporting('Confidentiality does not depend on Block Public Access only.'),
    'gdpr 32(2)': supporting('The risk of disclosure to the public by policy or ACL is assessed.'),
    'hipaa 164.312(a)(1)': primary('The public is not among those whom the policy or the ACL allows access.'),
    'hipaa 164.308(a)(4)(ii)(B)': supporting('Access is not granted to everyone.'),
    'hipaa 164.530(c)': supporting('The policy and the ACL are technical safeguards that keep the public out.'),
    'hipaa 164.308(a)(4)(ii)(C)': supporting('A grant to the public is reported for review.'),
  },
  reads: ['policy', 'acl', 'publicAccessBlock', 'accountPublicAccessBlock'],
  parameters: {
    latentPublicFails: flag(true, 'Whether a bucket fails that is only closed by Block Public Access.'),
  },
  messages: {
    notPublic: pass('Neither the policy nor the ACL of the bucket is public.'),
    blocked: pass('Only Block Public Access keeps the public out, which is allowed: {what}.', {
      only: ['gdpr 32(2)', 'hipaa 164.308(a)(4)(ii)(C)'],
    }),
    publicPolicy: fail('Statement {sid} is public: {why}.', CLOSE),
    publicAcl: fail('The ACL grants {permission} to {group}, that is to everyone.', CLOSE),
    latent: fail('Only Block Public Access keeps the public out: {what}.', CLOSE),
  },
  evaluate({ bucket, params }) {
    const [statement] = publicStatements(partOf(bucket, 'policy', openIn), bucket);
    const grant = publicGrantOn(bucket);
    if (!statement && !grant) return say('notPublic');
    // The other two flags refuse new policies and ACLs and do not affect the existing ones.
    const flags = flagsInEffect(bucket.publicAccessBlock, bucket.accountPublicAccessBlock);
    if (statement && !flags.restrictPublicBuckets) return say('publicPolicy', statement, statement);
    if (grant && !flags.ignorePublicAcls) return say('publicAcl', grant, grant);
    const what = statement
      ? `statement ${statement.sid} is public, ${statement.why}`
      : `the ACL grants ${grant?.permission} to ${grant?.group}`;
    return say(params.latentPublicFails ? 'latent' : 'blocked', { what }, statement ?? grant);
  },
});
