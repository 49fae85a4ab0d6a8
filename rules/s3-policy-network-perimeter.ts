import { defineRule, fail, flag, ownList, pass, say, skip, supporting } from '../src/engine/rule.ts';
import { askingForNetwork, outside } from '../src/knowledge/policies/perimeter.ts';
import { denialsOf, nothingDenies, unrefused } from '../src/knowledge/policies/refusal.ts';
import type { Policy } from '../src/policy/language/document.ts';
import { settingsEntries } from '../src/settings/settings.ts';

const ENDPOINT = { pattern: '^vpce-[0-9a-f]{8,17}$', expected: 'the id of a VPC endpoint' };
const VPC = { pattern: '^vpc-[0-9a-f]{8,17}$', expected: 'the id of a VPC' };
/** aws:SourceIp only knows public addresses. */
const CIDR = {
  pattern: '^([0-9]{1,3}([.][0-9]{1,3}){3}/([89]|[12][0-9]|3[0-2])|[0-9a-f:]{2,39}/(3[2-9]|[4-9][0-9]|1[01][0-9]|12[0-8]))$',
  expected: 'a CIDR block, IPv4 from /8 or IPv6 from /32',
};

const DENY_OUTSIDE = {
  fix:
    'Deny s3:* to every principal, on the bucket and on its objects, with StringNotEqualsIfExists on aws:SourceVpce or aws:SourceVpc, ' +
    'NotIpAddressIfExists on aws:SourceIp, and BoolIfExists false for aws:PrincipalIsAWSService and aws:ViaAWSService.',
  caution:
    'This locks out the console, pipelines and service roles outside the perimeter, such as those of replication, Lambda and AWS Glue. ' +
    'Try it on a test bucket first. An exempt emergency role is reported as a gap and needs a waiver.',
};

export default defineRule({
  id: 's3-policy-network-perimeter',
  areas: ['policies'],
  severity: 'medium',
  title: 'S3 buckets refuse requests from outside the approved networks and organizations',
  rationale: 'Stolen credentials work from anywhere in the world unless the bucket policy checks where a request comes from.',
  limits: [
    'The rule does not apply until its parameters name an approved network or organization.',
    'A denial that only asks for the organization of the caller is no network perimeter: it counts where organizations are approved and ' +
      'no network is, and then supports fewer requirements.',
    'A condition in an Allow does not count as a perimeter, because another statement or an identity policy may grant the same access.',
    'Calls by AWS services, where allowAwsServices accepts them, are not judged by what they do.',
    'A role that the denial exempts, for example for emergencies, counts as a gap.',
    'Denials in a resource control policy are not visible here.',
  ],
  requirements: {
    'gdpr 32(1)(b)': supporting('Requests from outside the approved networks and organizations are refused.'),
    'hipaa 164.312(a)(1)': supporting('Valid credentials do not open the data from outside the approved networks and organizations.'),
    'hipaa 164.312(e)(1)': supporting('Requests that would send data outside the approved networks and organizations are refused.'),
  },
  reads: ['policy'],
  parameters: {
    vpcEndpoints: ownList(ENDPOINT, 'VPC endpoints inside the perimeter.'),
    vpcs: ownList(VPC, 'VPCs inside the perimeter.'),
    cidrs: ownList(CIDR, 'Public IP addresses inside the perimeter.'),
    organizations: ownList(settingsEntries['trust.organizations'], 'Organizations whose principals and VPC endpoints are inside.'),
    allowAwsServices: flag(true, 'Whether the policy may exempt calls that AWS services make or forward.'),
  },
  messages: {
    noPerimeter: skip('The parameters do not name an approved network or organization.'),
    refused: pass('The bucket policy refuses every request from outside the perimeter.'),
    ofOrganization: pass('The bucket policy refuses callers from outside the organizations, but not by where a request comes from.', {
      except: ['hipaa 164.312(a)(1)', 'hipaa 164.312(e)(1)'],
    }),
    noPolicy: fail('The bucket has no policy, so valid credentials work on it from anywhere.', DENY_OUTSIDE),
    noDenial: fail('No statement of the bucket policy denies all requests from outside the perimeter.', DENY_OUTSIDE),
    gap: fail('Requests from outside the perimeter are denied, but not for {gap}.', DENY_OUTSIDE),
  },
  evaluate({ bucket, params }) {
    const policy = denialsOf(bucket);
    const { vpcEndpoints, vpcs, cidrs, organizations, allowAwsServices } = params;
    const networks = [...vpcEndpoints, ...vpcs, ...cidrs];
    if (networks.length + organizations.length === 0) return say('noPerimeter');
    if (policy === null) return say('noPolicy');
    const gapFor = (judged: Policy, anonymous: boolean) => {
      const callers = { withoutServices: allowAwsServices, anonymous };
      return unrefused(judged, bucket, { truth: outside(params, bucket, callers) });
    };
    const gapIn = (judged: Policy) => gapFor(judged, false) ?? gapFor(judged, true);
    const byNetwork = gapIn(askingForNetwork(policy));
    const gap = networks.length > 0 ? byNetwork : gapIn(policy);
    if (gap) return nothingDenies(gap) ? say('noDenial', {}, gap) : say('gap', { gap: gap.text }, gap);
    return say(byNetwork === null ? 'refused' : 'ofOrganization');
  },
});
