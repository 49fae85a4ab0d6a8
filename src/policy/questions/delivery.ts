import type { Condition } from '../language/conditions.ts';
import type { Policy, Statement } from '../language/document.ts';
import { covers, isCostly, matches, mayIntersect } from '../language/glob.ts';
import type { Principal } from '../language/principals.ts';
import type { Tri } from '../language/tri.ts';
import { holds } from '../requests/keys.ts';
import type { Value } from '../requests/values.ts';
import { arnIn, type Bucket } from '../requests/worlds.ts';
import { labelOf } from './explain.ts';

/** Who writes: a service principal, or an account of AWS. */
type Writer =
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'account'; readonly account: string };

/** A write that an AWS service makes, again and again, with what is known of each. */
export interface Delivery {
  readonly writer: Writer;
  readonly action: string;
  /** ARNs of the objects written, as globs: all of them are written to, now or later. */
  readonly objects: readonly string[];
  /** What a condition key (in lower case) may be. Of a key that is not here nothing is known. */
  readonly keys: Readonly<Record<string, readonly Value[]>>;
  /** The account of the bucket. */
  readonly owner: string;
}

const absent: Value = { kind: 'absent' };

/**
 * What a service is that calls for itself: of no organization and of none of the accounts, users and roles that a policy names,
 * not in the VPC of a customer, because these keys only come with requests through a VPC endpoint or from an EC2 instance, not at
 * an address of the networks that a customer lists, and signed in with no MFA device.
 *
 * Source: IAM User Guide, "AWS global condition context keys", Properties of the principal, of the network and of the session; AWS
 * Security Blog, "IAM makes it easier for you to manage permissions for AWS services accessing your resources" (services call "from
 * outside of your network locations"). Whether a service has an ARN and an account is not documented, so both ways count.
 */
export const ofService: Readonly<Record<string, readonly Value[]>> = {
  'aws:principalorgid': [absent],
  'aws:principalorgpaths': [absent],
  'aws:principalaccount': [absent, { kind: 'fresh' }],
  'aws:principalarn': [absent, { kind: 'arn', account: null, fresh: true }],
  'aws:username': [absent],
  'aws:multifactorauthage': [absent],
  'aws:multifactorauthpresent': [absent, { kind: 'text', text: 'false' }],
  ...Object.fromEntries(
    [
      ...['aws:sourcevpc', 'aws:sourcevpce', 'aws:sourcevpcarn', 'aws:vpcsourceip', 'aws:sourceip'],
      ...['aws:vpceaccount', 'aws:vpceorgid', 'aws:vpceorgpaths'],
      ...['aws:ec2instancesourcevpc', 'aws:ec2instancesourceprivateipv4'],
    ].map((key) => [key, [absent]]),
  ),
};

/**
 * What a service may write to a bucket, with nothing known of it but the service: its sources may be in any account that the
 * policy speaks of, or in another. A service is in no organization.
 *
 * Source: IAM User Guide, "AWS global condition context keys", availability of each key.
 */
export function anyDelivery(writer: Writer, bucket: Bucket, policy: Policy): Delivery {
  const spoken = (key: string) =>
    policy.statements
      .flatMap(({ conditions }) => conditions)
      .filter((condition) => condition.key === key)
      .flatMap(({ values }) => values)
      .flatMap((value): Value[] => (value === null ? [] : [{ kind: 'text', text: value }]));
  const any = (key: string): Value[] => [absent, { kind: 'fresh' }, ...spoken(key)];
  const text = (word: string): Value => ({ kind: 'text', text: word });
  const ofWriter: Readonly<Record<string, readonly Value[]>> =
    writer.kind === 'account'
      ? {
          'aws:principalaccount': [text(writer.account)],
          'aws:principalisawsservice': [text('false')],
        }
      : {
          'aws:principalisawsservice': [text('true')],
          'aws:principalservicename': [text(writer.service)],
          ...ofService,
        };
  return {
    writer,
    action: 's3:PutObject',
    objects: [`${arnIn(bucket)}/?*`],
    owner: bucket.account,
    keys: {
      ...ofWriter,
      'aws:sourceaccount': any('aws:sourceaccount'),
      'aws:sourcearn': any('aws:sourcearn'),
    },
  };
}

/** Why a policy stops a delivery: nothing allows it, or this statement denies it. */
export type Stopped = { readonly by: 'nothing' } | { readonly by: 'denial'; readonly sid: string };

/**
 * What certainly stops the delivery; null when nothing certainly does, so only an answer other than null is sure.
 * An ACL may allow what no statement does: then ask {@link deniedDelivery} only.
 *
 * Source: IAM "Policy evaluation logic".
 */
export function stoppedDelivery(policy: Policy | null, delivery: Delivery): Stopped | null {
  const statements = policy?.statements ?? [];
  const mayAllow = statements.some(
    (statement) => statement.effect === 'Allow' && truth(statement, delivery, 'some') !== -1,
  );
  return mayAllow ? deniedDelivery(policy, delivery) : { by: 'nothing' };
}

/** The statement that certainly denies the delivery; null when there is none. */
export function deniedDelivery(policy: Policy | null, delivery: Delivery): Stopped | null {
  const denial = (policy?.statements ?? []).find(
    (statement) => statement.effect === 'Deny' && truth(statement, delivery, 'every') === 1,
  );
  return denial ? { by: 'denial', sid: labelOf(denial) } : null;
}

/** Does the statement apply to some, or to every, object of the delivery? */
function truth(statement: Statement, delivery: Delivery, reach: 'some' | 'every'): Tri {
  const { writer, action, objects, owner, keys } = delivery;
  const named = [...new Set(statement.conditions.map(({ key }) => key))];
  const conditions = named.map((key) => {
    const of = statement.conditions.filter((condition) => condition.key === key);
    return truthOf(of, keys[key], owner, reach);
  });
  const resources = objects.map((object) => reaches(statement, object));
  const parts: readonly Tri[] = [
    statement.understood || statement.effect === 'Allow' ? 1 : 0,
    meant(statement, writer),
    lists(statement, action),
    (reach === 'some' ? Math.max(...resources) : Math.min(...resources)) as Tri,
    ...conditions,
  ];
  return Math.min(...parts) as Tri;
}

/** The conditions on one key hold together, for one value of it at a time. */
function truthOf(
  conditions: readonly Condition[],
  values: readonly Value[] = [],
  owner: string,
  reach: 'some' | 'every',
): Tri {
  const truths = values.map(
    (value) => Math.min(...conditions.map((condition) => holds(condition, value, owner))) as Tri,
  );
  if (truths.length === 0) return 0;
  return (reach === 'some' ? Math.max(...truths) : Math.min(...truths)) as Tri;
}

function meant({ principals }: Statement, writer: Writer): Tri {
  const truths = principals.entries.map((principal) => names(principal, writer));
  const listed = Math.max(...truths) as Tri;
  if (!principals.not) return principals.complete ? listed : (Math.max(listed, 0) as Tri);
  // With Deny it means every principal that is not listed, services too (IAM "NotPrincipal").
  return listed === -1 && principals.complete ? 1 : listed === 1 ? -1 : 0;
}

function names(principal: Principal, writer: Writer): Tri {
  switch (principal.kind) {
    case 'everyone':
      return 1;
    case 'service':
      return writer.kind === 'service' && principal.service === writer.service ? 1 : -1;
    case 'account':
      return writer.kind === 'account' && principal.account === writer.account ? 1 : -1;
    case 'everyAccount':
      return writer.kind === 'account' ? 1 : 0;
    case 'unresolved':
      return 0;
    default:
      return -1;
  }
}

function lists({ actions }: Statement, action: string): Tri {
  const isListed = actions.entries.some((entry) => matches(entry, action.toLowerCase()));
  if (!actions.complete && !isListed) return 0;
  return isListed !== actions.not ? 1 : -1;
}

function reaches({ resources }: Statement, object: string): Tri {
  const costly = resources.entries.some((entry) => isCostly(entry, object));
  if (costly) return 0;
  const all = resources.entries.some((entry) => covers(entry, object));
  const some = resources.entries.some((entry) => mayIntersect(entry, object));
  const listed: Tri = all ? 1 : some || !resources.complete ? 0 : -1;
  return resources.not ? ((0 - listed) as Tri) : listed;
}
