import { defineRule, fail, flag, pass, primary, supporting } from '../src/engine/rule.ts';
import { judgePublicAccess } from '../src/knowledge/buckets/public.ts';

const FIX = `Remove the statement or the grant, or limit it to fixed principals; publish through CloudFront with origin access control instead. Switch on the four flags of Block Public Access for the account.`;

export default defineRule({
  id: 's3-no-public-access',
  areas: ['policies', 'public-access'],
  severity: 'critical',
  title: 'S3 buckets are closed to the public, by policy and by ACL',
  rationale: `What is public is read, and sometimes changed, by whoever finds it, and copies cannot be called back.`,
  limits: [
    `Public is what Amazon S3 calls so ("The meaning of public" in Blocking public access): no fixed principal, network or source. A denial beside the grant changes nothing in it. Access points, which have policies and flags of their own, and the ACLs of single objects are not seen. Flags of the account that AWS Config never recorded count as off.`,
  ],
  requirements: {
    'gdpr 25(2)': primary('Personal data is accessible to no indefinite number of persons.'),
    'gdpr 5(1)(f)': primary('Personal data is protected against access by just anybody.'),
    'gdpr 32(1)(b)': supporting('Confidentiality does not hang on a single switch.'),
    'gdpr 32(2)': supporting('The risk of unauthorised disclosure to the public is excluded.'),
    'hipaa 164.312(a)(1)': primary('Nobody gets in who was not granted access rights.'),
    'hipaa 164.308(a)(4)(ii)(B)': supporting('Access is granted to somebody, never to everybody.'),
    'hipaa 164.308(a)(4)(ii)(C)': supporting('A grant to the public stands out for review.'),
  },
  reads: ['policy', 'acl', 'publicAccessBlock', 'accountPublicAccessBlock'],
  parameters: {
    latentPublicFails: flag(true, 'Whether a bucket fails that Block Public Access alone saves.'),
  },
  messages: {
    notPublic: pass('Neither the policy nor the ACL of the bucket is public.'),
    blocked: pass('Block Public Access is all that keeps the public out, as allowed: {what}.'),
    publicPolicy: fail('Statement {sid} is public: {why}.', { fix: FIX }),
    publicAcl: fail('The ACL grants {permission} to {group}, that is to anybody.', { fix: FIX }),
    latent: fail('Block Public Access is all that keeps the public out: {what}.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgePublicAccess(bucket, params),
});
