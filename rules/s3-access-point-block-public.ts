import { defineRule, fail, flag, pass, primary, say, supporting } from '../src/engine/rule.ts';
import { flagsOff } from '../src/knowledge/buckets/block-public-access.ts';
import { publicStatements } from '../src/policy/questions/public.ts';
import { list } from '../src/values/text.ts';

const RECREATE = 'Clients need the ARN or alias of the new access point. Move them before you delete the old one.';
export default defineRule({
  id: 's3-access-point-block-public',
  areas: ['public-access'],
  severity: 'high',
  tier: 'essential',
  title: 'S3 access points block public access, and their policies are not public',
  rationale: 'An access point has flags and a policy of its own, which no setting of the bucket shows: it can be a side door to the data.',
  limits: [
    'Public means what Amazon S3 means by it ("The meaning of public" in Blocking public access): with a VPC origin, no policy is.',
    'The flags of the bucket and of the account, which can only restrict access further, are judged by other rules.',
    'AWS Config records the flags; S3 is asked for the policy.',
    'AWS does not document in which Region a Multi-Region Access Point is recorded: it is judged where its record is.',
  ],
  requirements: {
    'gdpr 25(2)': primary('By default, the access point gives no access to an indefinite number of persons.'),
    'gdpr 5(1)(f)': primary('The access point refuses public access to personal data.'),
    'gdpr 32(1)(b)': supporting('A forgotten access point does not make the data public.'),
    'hipaa 164.312(a)(1)': primary('The access point refuses public access.'),
    'hipaa 164.308(a)(4)(ii)(B)': supporting('The access point does not grant access to everyone.'),
  },
  subject: 'accessPoint',
  reads: ['accessPointSettings', 'accessPointPolicy', 'accessPointArn'],
  parameters: {
    requireVpcOrigin: flag(false, 'Whether an access point must only be reachable from one VPC.'),
  },
  messages: {
    blocked: pass('All four flags of the access point are on, and its policy is not public.'),
    blockedInVpc: pass('All four flags of the access point are on, and it is only reachable from {vpc}, so it is never public.'),
    flagsOff: fail('The access point was created with {flags} off, which cannot be changed later.', {
      fix: 'Create a new access point with all four flags on (CreateAccessPoint), and delete the old one.',
      caution: RECREATE,
    }),
    publicPolicy: fail('Statement {sid} of the access point is public: {why}.', {
      fix: 'Limit the statement to fixed principals (PutAccessPointPolicy).',
      caution: 'PutAccessPointPolicy replaces the whole policy. Clients without credentials lose access.',
    }),
    internet: fail('The access point is reachable from the internet, but a VPC is required, which cannot be changed later.', {
      fix: 'Create a new access point with a VPC configuration (CreateAccessPoint), and delete the old one.',
      caution: RECREATE,
      only: ['gdpr 32(1)(b)'],
    }),
  },
  evaluate({ accessPoint, params }) {
    const { publicAccessBlock, vpc } = accessPoint.accessPointSettings;
    const { accessPointPolicy: policy, account } = accessPoint;
    const isJudged = policy !== null && vpc === null;
    const [open] = isJudged ? publicStatements(policy, { arn: accessPoint.accessPointArn, account }) : [];
    if (open) return say('publicPolicy', { sid: open.sid, why: open.why }, open);
    const off = flagsOff(publicAccessBlock);
    if (off.length > 0) return say('flagsOff', { flags: list(off) });
    if (vpc !== null) return say('blockedInVpc', { vpc });
    return say(params.requireVpcOrigin ? 'internet' : 'blocked');
  },
});
