import { inBlock } from '../../policy/language/addresses.ts';
import type { Condition } from '../../policy/language/conditions.ts';
import type { Policy, Statement } from '../../policy/language/document.ts';
import type { Tri } from '../../policy/language/tri.ts';
import type { Identity } from '../../records/reading.ts';
import { absent, holdsOn, sparesOnly, text } from './refusal.ts';

/** Where requests may come from. A request is inside when one of these is true of it. */
interface Perimeter {
  readonly vpcEndpoints: readonly string[];
  readonly vpcs: readonly string[];
  /** Public addresses, the only ones that aws:SourceIp knows. */
  readonly cidrs: readonly string[];
  readonly organizations: readonly string[];
}

const SERVICE_LINKED = /^arn:(aws[a-z-]*|\*):iam::(\d{12}|\*):role\/aws-service-role\//;
const VPC = /^arn:(?:aws[a-z-]*|\*):ec2:(?:[a-z0-9-]+|\*):(?:\d{12}|\*):vpc\/(vpc-[0-9a-f]+)$/;
const strings = ['equals', 'equalsIgnoreCase', 'like'] as const;

/**
 * The truth of a condition for every request from outside; null when it is about something else.
 *
 * Calls of AWS services, by themselves or on behalf of someone, are left out when `withoutServices` is set: a signed
 * request then says false for both keys. An `anonymous` one has no aws:PrincipalIsAWSService, and whether it says
 * aws:ViaAWSService is not documented. Only services assume roles below aws-service-role/.
 * Source: IAM User Guide, "AWS global condition context keys", availability of each key; "Service-linked roles".
 */
export function outside(
  { vpcEndpoints, vpcs, cidrs, organizations }: Perimeter,
  bucket: Identity,
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
      case 'aws:sourcevpcarn':
        return sparesOnly(condition, [...strings, 'arn'], (arn) => isOneOf(vpcs, arn)) ? 1 : -1;
      case 'aws:sourceip':
        return sparesCidrs(condition);
      case 'aws:principalorgid':
      case 'aws:vpceorgid':
        return spares(condition, organizations);
      case 'aws:viaawsservice':
      case 'aws:principalisawsservice':
        if (!withoutServices) return null;
        return holdsOn(condition, anonymous ? absent : text('false'), bucket);
      case 'aws:principalarn': {
        const spared = sparesOnly(condition, ['arn'], (arn) => SERVICE_LINKED.test(arn));
        return withoutServices && spared ? 1 : null;
      }
      default:
        return null;
    }
  };
}

const NETWORK = [
  'aws:sourcevpce',
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourceip',
  'aws:vpcsourceip',
  'aws:vpceorgid',
];

/**
 * The policy without the denials that ask who calls and not from where: valid credentials of the organization then work from
 * anywhere, whatever networks are approved.
 */
export function askingForNetwork(policy: Policy): Policy {
  const isMeant = ({ effect, conditions }: Statement) =>
    effect === 'Allow' ||
    conditions.every(({ key }) => key !== 'aws:principalorgid') ||
    conditions.some(({ key }) => NETWORK.includes(key));
  return { ...policy, statements: policy.statements.filter(isMeant) };
}

/** Is it the ARN of one of the VPCs? Their ids are approved in whichever account and Region they are. */
const isOneOf = (vpcs: readonly string[], arn: string): boolean =>
  vpcs.includes(VPC.exec(arn)?.[1] ?? '');

/** Is every address of the block in the other? Both CIDR blocks or single addresses, IPv4 or IPv6. */
function isWithin(block: string, other: string): boolean {
  const [network = '', length] = block.split('/');
  const isBlock = /^[0-9a-f.:]+(\/\d{1,3})?$/i.test(block);
  const bits = (text: string | undefined) => Number(text ?? (network.includes(':') ? 128 : 32));
  return isBlock && inBlock(network, other) === 1 && bits(length) >= bits(other.split('/')[1]);
}
