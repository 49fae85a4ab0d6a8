import { defineRule, fail, pass, skip, supporting } from '../src/engine/rule.ts';
import { judgePerimeter, perimeter } from '../src/knowledge/policies/perimeter.ts';

const FIX = `Deny s3:* to every principal, on the bucket and its objects, with StringNotEqualsIfExists on aws:SourceVpce or aws:SourceVpc and NotIpAddressIfExists on aws:SourceIp, and BoolIfExists false for aws:PrincipalIsAWSService and aws:ViaAWSService.`;

export default defineRule({
  id: 's3-policy-network-perimeter',
  areas: ['policies'],
  severity: 'medium',
  title: 'S3 buckets refuse requests from outside the approved networks and organizations',
  rationale: `Stolen credentials work from anywhere in the world unless the bucket asks where a request comes from.`,
  limits: [
    `Not applicable until a perimeter is given in the parameters. A condition in an Allow is no perimeter, as another statement or an identity policy may grant the same. Roles spared for an emergency, and calls made by AWS services where those are allowed, are not judged for what they do; a denial in a resource control policy is not seen.`,
  ],
  requirements: {
    'gdpr 32(1)(b)': supporting('Data is reached from networks under control only.'),
    'hipaa 164.312(a)(1)': supporting('Credentials alone do not open the data.'),
    'hipaa 164.312(e)(1)': supporting('Data leaves over networks that were approved.'),
  },
  reads: ['policy'],
  parameters: perimeter,
  messages: {
    noPerimeter: skip('No approved network or organization is given in the parameters.'),
    refused: pass('The bucket policy refuses every request from outside the perimeter.'),
    noPolicy: fail('The bucket has no policy, so credentials work on it from anywhere.', { fix: FIX }),
    noDenial: fail('No statement of the bucket policy denies all that comes from outside the perimeter.', { fix: FIX }),
    gap: fail('Requests from outside the perimeter are denied, but not for {gap}.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgePerimeter(bucket.policy, bucket, params),
});
