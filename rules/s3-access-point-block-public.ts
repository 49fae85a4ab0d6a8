import { defineRule, fail, flag, pass, primary, supporting } from '../src/engine/rule.ts';
import { judgeAccessPoint } from '../src/knowledge/buckets/access-points.ts';

const FIX = `Make the access point anew with all four flags on, as they cannot be changed later, and delete the old one; narrow the policy to fixed principals.`;

export default defineRule({
  id: 's3-access-point-block-public',
  areas: ['public-access'],
  severity: 'high',
  title: 'S3 access points block public access, and their policies are not public',
  rationale: `An access point has flags and a policy of its own, which no setting of the bucket shows: one made in a hurry is a side door to the data.`,
  limits: [
    `Public is what Amazon S3 calls so ("The meaning of public" in Blocking public access). The flags of the bucket and of the account, which can only narrow more, are judged by other rules. AWS Config records the flags, the policy is asked of S3. In which Region it records a Multi-Region Access Point is not documented: it is judged where its record is.`,
  ],
  requirements: {
    'gdpr 25(2)': primary('By default no access point leads an indefinite number of persons to the data.'),
    'gdpr 5(1)(f)': primary('Personal data is shielded from the public whichever way it is reached.'),
    'gdpr 32(1)(b)': supporting('Confidentiality does not end at a forgotten access point.'),
    'hipaa 164.312(a)(1)': primary('Access without granted rights is refused at every access point.'),
    'hipaa 164.308(a)(4)(ii)(B)': supporting('No access point grants access to everybody.'),
  },
  subject: 'accessPoint',
  reads: ['accessPointSettings', 'accessPointPolicy', 'accessPointArn'],
  parameters: {
    requireVpcOrigin: flag(false, 'Whether an access point must be reachable from one VPC alone.'),
  },
  messages: {
    blocked: pass('All four flags of the access point are on, and its policy is not public.'),
    blockedInVpc: pass('The access point is reached from {vpc} alone, all four flags are on, and its policy is not public.'),
    flagsOff: fail('The access point was made with {flags} off, which cannot be changed: it has to be made anew.', {
      fix: FIX,
    }),
    publicPolicy: fail('Statement {sid} of the access point is public: {why}.', { fix: FIX }),
    internet: fail('The access point can be reached from the internet, where a VPC is required: it has to be made anew.', { fix: FIX }),
  },
  evaluate: ({ accessPoint, params }) => judgeAccessPoint(accessPoint, params),
});
