import { say } from '../../engine/message.ts';
import { flag, ownList, type ParamsOf } from '../../engine/parameters.ts';
import { inBlock } from '../../policy/language/addresses.ts';
import type { Condition } from '../../policy/language/conditions.ts';
import type { Policy } from '../../policy/language/document.ts';
import type { Tri } from '../../policy/language/tri.ts';
import { holds } from '../../policy/requests/keys.ts';
import type { Identity } from '../../records/reading.ts';
import { settingsEntries } from '../../settings/settings.ts';
import { absent, notDenied, sparesOnly, text, unrefused } from './refusal.ts';

/** Where requests may come from. A request is inside when one of these is true of it. */
export const perimeter = {
  vpcEndpoints: ownList(
    { pattern: '^vpce-[0-9a-f]{8,17}$', expected: 'the id of a VPC endpoint' },
    'VPC endpoints that are inside.',
  ),
  vpcs: ownList({ pattern: '^vpc-[0-9a-f]{8,17}$', expected: 'the id of a VPC' }, 'VPCs inside.'),
  // aws:SourceIp knows public addresses alone.
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
} as const;
type Perimeter = ParamsOf<typeof perimeter>;

/** Does the policy refuse every request that comes from outside? */
export function judgePerimeter(policy: Policy | null, bucket: Identity, inside: Perimeter) {
  const { vpcEndpoints, vpcs, cidrs, organizations, allowAwsServices } = inside;
  const isGiven = [...vpcEndpoints, ...vpcs, ...cidrs, ...organizations].length > 0;
  if (!isGiven) return say('noPerimeter');
  if (policy === null) return say('noPolicy');
  for (const anonymous of [false, true]) {
    const callers = { withoutServices: allowAwsServices, anonymous };
    const gap = unrefused(policy, bucket, { truth: outside(inside, bucket, callers) });
    if (gap) return notDenied(gap);
  }
  return say('refused');
}

const SERVICE_LINKED = /^arn:(aws[a-z-]*|\*):iam::(\d{12}|\*):role\/aws-service-role\//;
const strings = ['equals', 'equalsIgnoreCase', 'like'] as const;

/**
 * The truth of a condition for every request from outside; null when it is about something else.
 *
 * Calls of AWS services, by themselves or on behalf of somebody, are left out when `withoutServices` is set: a signed
 * request then says false for both keys. An `anonymous` one has no aws:PrincipalIsAWSService, and whether it says
 * aws:ViaAWSService is not documented. Roles below aws-service-role/ are assumed by services alone.
 * Source: IAM User Guide, "AWS global condition context keys", availability of each key; "Service-linked roles".
 */
function outside(
  { vpcEndpoints, vpcs, cidrs, organizations }: Perimeter,
  { account }: Identity,
  { withoutServices, anonymous }: { withoutServices: boolean; anonymous: boolean },
): (condition: Condition) => Tri | null {
  const spares = (condition: Condition, approved: readonly string[]): Tri =>
    sparesOnly(condition, strings, (value) => approved.includes(value)) ? 1 : -1;
  const sparesCidrs = (condition: Condition): Tri =>
    sparesOnly(condition, ['address'], (block) => cidrs.some((cidr) => isWithin(block, cidr)))
      ? 1
      : -1;
  return (condition) => {
    switch (condition.key) {
      case 'aws:sourcevpce':
        return spares(condition, vpcEndpoints);
      case 'aws:sourcevpc':
        return spares(condition, vpcs);
      case 'aws:sourceip':
        return sparesCidrs(condition);
      case 'aws:principalorgid':
      case 'aws:vpceorgid':
        return spares(condition, organizations);
      case 'aws:viaawsservice':
      case 'aws:principalisawsservice':
        if (!withoutServices) return null;
        return holds(condition, anonymous ? absent : text('false'), account);
      case 'aws:principalarn': {
        const spared = sparesOnly(condition, ['arn'], (arn) => SERVICE_LINKED.test(arn));
        return withoutServices && spared ? 1 : null;
      }
      default:
        return null;
    }
  };
}

/** Is every address of the block in the other? Both CIDR blocks or single addresses, IPv4 or IPv6. */
function isWithin(block: string, other: string): boolean {
  const [network = '', length] = block.split('/');
  const isBlock = /^[0-9a-f.:]+(\/\d{1,3})?$/i.test(block);
  const bits = (text: string | undefined) => Number(text ?? (network.includes(':') ? 128 : 32));
  return isBlock && inBlock(network, other) === 1 && bits(length) >= bits(other.split('/')[1]);
}
