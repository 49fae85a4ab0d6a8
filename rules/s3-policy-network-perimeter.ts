import { outside } from '../src/core/perimeter.ts';
import { unrefused } from '../src/core/refusal.ts';
import { defineRule, flag, ownList, supporting } from '../src/core/rule.ts';
import { settingsEntries } from '../src/core/settings.ts';

export default defineRule({
  id: 's3-policy-network-perimeter',
  title: 'S3 buckets refuse requests from outside the approved networks and organizations',
  rationale: `Stolen credentials work from anywhere in the world unless the bucket asks where a request comes from.`,
  remediation: `Deny s3:* to every principal, on the bucket and its objects, with StringNotEqualsIfExists on aws:SourceVpce or aws:SourceVpc and NotIpAddressIfExists on aws:SourceIp, and BoolIfExists false for aws:PrincipalIsAWSService and aws:ViaAWSService.`,
  limits: `Not applicable until a perimeter is given in the parameters. A condition in an Allow is no perimeter, as another statement or an identity policy may grant the same. Roles spared for an emergency, and calls made by AWS services where those are allowed, are not judged for what they do; a denial in a resource control policy is not seen.`,
  severity: 'medium',
  satisfies: {
    'gdpr 32(1)(b)': supporting('Data is reached from networks under control only.'),
    'hipaa 164.312(a)(1)': supporting('Credentials alone do not open the data.'),
    'hipaa 164.312(e)(1)': supporting('Data leaves over networks that were approved.'),
  },
  reads: ['policy'],
  parameters: {
    vpcEndpoints: ownList(
      { pattern: '^vpce-[0-9a-f]{8,17}$', expected: 'the id of a VPC endpoint' },
      'VPC endpoints that are inside.',
    ),
    vpcs: ownList({ pattern: '^vpc-[0-9a-f]{8,17}$', expected: 'the id of a VPC' }, 'VPCs inside.'),
    cidrs: ownList(
      {
        pattern:
          '^([0-9]{1,3}([.][0-9]{1,3}){3}/([89]|[12][0-9]|3[0-2])|[0-9a-f:]{2,39}/(3[2-9]|[4-9][0-9]|1[01][0-9]|12[0-8]))$',
        expected: 'a CIDR block, IPv4 from /8 or IPv6 from /32',
      },
      'Public addresses that are inside.',
    ),
    organizations: ownList(
      settingsEntries['trust.organizations'],
      'Organizations whose principals and VPC endpoints are inside.',
    ),
    allowAwsServices: flag(true, 'Whether calls by AWS services, own or forwarded, may be spared.'),
  },
  messages: {
    noPerimeter: 'No approved network or organization is given in the parameters.',
    refused: 'The bucket policy refuses every request from outside the perimeter.',
    noPolicy: 'The bucket has no policy, so credentials work on it from anywhere.',
    noDenial: 'No statement of the bucket policy denies all that comes from outside the perimeter.',
    gap: 'Requests from outside the perimeter are denied, but not for {gap}.',
  },
  evaluate({ bucket, params, pass, fail, skip }) {
    const { vpcEndpoints, vpcs, cidrs, organizations, allowAwsServices } = params;
    const { policy } = bucket;
    if ([...vpcEndpoints, ...vpcs, ...cidrs, ...organizations].length === 0) return skip('noPerimeter');
    if (policy === null) return fail('noPolicy');

    for (const anonymous of [false, true]) {
      const callers = { withoutServices: allowAwsServices, anonymous };
      const gap = unrefused(policy, bucket, { truth: outside(params, bucket, callers) });
      if (gap?.missing.includes('nothing denies')) return fail('noDenial', undefined, gap);
      if (gap) return fail('gap', { gap: gap.text }, gap);
    }
    return pass('refused');
  },
});
