import type { BucketRole, Window } from '../../../facts/bucket-settings.ts';
import {
  delivererIn,
  delivererOf,
  deliveryObstacle,
  type LogDeliverer,
  loadBalancerAccounts,
  logDeliverers,
} from '../../../facts/log-deliverers.ts';
import type { Policy, Statement } from '../../../policy/language/document.ts';
import { literalPrefix } from '../../../policy/language/glob.ts';
import {
  anyDelivery,
  deniedDelivery,
  stoppedDelivery,
} from '../../../policy/questions/delivery.ts';
import { grantees, type ServiceOrAccount } from '../../../policy/questions/services.ts';
import type { ConfigurationItem } from '../../../records/configuration-item.ts';
import { isKnown, type Reading, together } from '../../../records/reading.ts';
import { objectLock } from '../recorded/object-lock.ts';
import { policy } from '../recorded/policy.ts';
import { requesterPays } from '../recorded/requester-pays.ts';
import { LogPrefixes } from './log-prefixes.ts';
import { windowOf } from './log-windows.ts';

/** A role with the beginnings of the keys that the policy names for it. */
export interface PolicyRole extends BucketRole {
  readonly places?: readonly string[];
}

/** Where only the policy says that logs arrive, they arrive under the keys that it names: a service can write no others. */
export function asBounded({ places = [], ...role }: PolicyRole): BucketRole {
  const [first, ...others] = places;
  if (first === undefined || role.prefixes !== undefined) return role;
  const prefixes = new LogPrefixes(first);
  for (const place of others) prefixes.add(place);
  return prefixes.all.includes('') ? role : { ...role, prefixes: prefixes.all };
}

const writers = new WeakMap<Policy, readonly ServiceOrAccount[]>();

/** The services and accounts that a policy lets write, whatever it asks of them. */
export function writersIn(written: Policy): readonly ServiceOrAccount[] {
  const found = writers.get(written) ?? grantees(written, 's3:PutObject');
  writers.set(written, found);
  return found;
}

/** The roles of the services and accounts of AWS that a bucket policy lets write logs. */
export function grantedTo(written: Policy, item: ConfigurationItem): readonly PolicyRole[] {
  return writersIn(written).flatMap((principal) => {
    const deliverer =
      principal.kind === 'service' ? delivererOf(principal.service) : ofAccount(principal, item);
    if (deliverer === undefined) return [];
    const granting = written.statements.filter(
      (statement) => statement.effect === 'Allow' && isGranted([statement], principal, item),
    );
    const effective = granting.filter((allow) =>
      isGranted([allow, ...denialsOf(written)], principal, item),
    );
    const windows = effective.map(windowOf);
    if (windows.length === 0) return [];
    return [
      {
        role: deliverer.role,
        because: `its policy allows ${principal.text} to write`,
        isOnlyGranted: true as const,
        ...(windows.some(isUnlimited) ? {} : { windows }),
        places: effective.flatMap((allow) => placesIn(allow, item.arn)),
      },
    ];
  });
}

/** A load balancer only writes to buckets of its own Region (Elastic Load Balancing User Guide, "Enable access logs"). */
function ofAccount({ account }: { readonly account: string }, { region }: ConfigurationItem) {
  const isElsewhere = Object.entries(loadBalancerAccounts).every(
    ([where, id]) => id !== account || where !== region,
  );
  return isElsewhere ? undefined : logDeliverers.find(({ accounts }) => accounts?.has(account));
}

const denialsOf = ({ statements }: Policy) => statements.filter(({ effect }) => effect === 'Deny');

const isGranted = (
  statements: readonly Statement[],
  principal: ServiceOrAccount,
  item: ConfigurationItem,
) => {
  const only = { version: '2012-10-17', statements };
  return stoppedDelivery(only, anyDelivery(principal, item, only)) === null;
};

const isUnlimited = ({ from, until }: Window) => from === null && until === null;

/** How the keys begin that a statement lets a service write; '' where that is any key. */
const placesIn = ({ resources }: Statement, arn: string): readonly string[] =>
  resources.not || !resources.complete
    ? ['']
    : resources.entries.flatMap((entry) => {
        const start = literalPrefix(entry);
        if (start.startsWith(`${arn}/`)) return [start.slice(arn.length + 1)];
        return start === entry ? [] : [''];
      });

/**
 * What in the record of a bucket is certain to keep out the logs that other resources say arrive in it; null when nothing is.
 * That nothing lets them in is no such thing, as grants may be in parts of an ACL that are not recorded (decision 16). Its
 * default encryption is left to the rules on it.
 */
export function stoppedBy(item: ConfigurationItem): Reading<(role: BucketRole) => string | null> {
  const settings = together({
    objectLock: objectLock.read(item),
    policy: policy.read(item),
    requesterPays: requesterPays.read(item),
  });
  if (!isKnown(settings)) return settings;
  const { policy: written, ...others } = settings.value;
  const value = ({ role, prefixes = [''] }: BucketRole) => {
    const deliverer = delivererIn(role);
    const obstacle = deliveryObstacle(deliverer, { ...others, encryption: null });
    if (obstacle !== null) return obstacle;
    const denial = written && denialOf(written, deliverer, item, prefixes);
    return denial ? `a denial (statement ${denial})` : null;
  };
  return { value };
}

/** The statement that is certain to deny the deliveries under each of these prefixes, from whichever source. */
function denialOf(
  written: Policy,
  { services }: LogDeliverer,
  item: ConfigurationItem,
  prefixes: readonly string[],
): string | null {
  const [name] = services;
  if (name === undefined) return null;
  const service = `${name}.amazonaws.com`;
  const delivery = anyDelivery({ kind: 'service', service }, item, written);
  const objects = prefixes.map((prefix) => `${item.arn}/${prefix}?*`);
  const denied = deniedDelivery(written, { ...delivery, objects });
  return denied?.by === 'denial' ? denied.sid : null;
}
