import { deliveryChannel } from '../../facets/account/delivery-channel.ts';
import { recorder } from '../../facets/account/recorder.ts';
import { accountItem } from '../../records/normalise.ts';
import { isKnown } from '../../records/reading.ts';
import { text } from '../../values/json.ts';
import { type Access, attempt, attemptReading } from '../access.ts';
import { PACK, type PlaceFacts } from '../facts.ts';
import { readDeliveries } from './deliveries.ts';
import { readDeployed } from './deployed.ts';

/** When it is asked, and what besides the rest. */
interface Wanted {
  readonly at: string;
  readonly withHub: boolean;
  readonly withDeliveries?: boolean;
}

/** Looks into one account in one Region, one question after the other. */
export async function readPlace(
  access: Access,
  place: { readonly account: string; readonly region: string },
  { at, withHub, withDeliveries = false }: Wanted,
): Promise<PlaceFacts> {
  const { ask, services } = access;
  const { account, region } = place;
  const packs = await attempt(async () => {
    const answer = await ask('DescribeConformancePacks', {}, region);
    return (answer.ConformancePackDetails ?? []).map((pack) =>
      text(pack.ConformancePackName, 'ConformancePackName'),
    );
  });
  const isThere = isKnown(packs) && packs.value.includes(PACK);
  const item = accountItem(account, region, at);
  return {
    account,
    region,
    recorder: await attemptReading(() => recorder.read(services, item)),
    channel: await attemptReading(() => deliveryChannel.read(services, item)),
    ...(withDeliveries ? { deliveries: await attempt(() => readDeliveries(access, region)) } : {}),
    hub: withHub ? await attempt(() => hasHub(ask, region)) : undefined,
    rules: await attempt(async () => {
      const { ConfigRules } = await services.ask('DescribeConfigRules', {}, region);
      return (ConfigRules ?? []).map((rule) => text(rule.ConfigRuleName, 'ConfigRuleName'));
    }),
    packs,
    deployed: isThere ? await readDeployed(access, place, at) : null,
    concurrency: await attempt(async () => {
      const { AccountLimit } = await ask('GetAccountSettings', {}, region);
      const limit = AccountLimit?.ConcurrentExecutions;
      if (limit === undefined) throw new Error('AccountLimit has no ConcurrentExecutions');
      return { limit, unreserved: AccountLimit?.UnreservedConcurrentExecutions ?? limit };
    }),
  };
}

/**
 * Where Security Hub is off it answers InvalidAccessException, "Account … is not subscribed to AWS Security Hub"; other
 * tools treat that as not enabled, too.
 * The API reference documents that error only for missing permissions, so without these words nothing is concluded.
 */
async function hasHub(ask: Access['ask'], region: string): Promise<boolean> {
  try {
    await ask('DescribeHub', {}, region);
    return true;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isOff = error.name === 'InvalidAccessException' && /not subscribed/i.test(error.message);
    if (isOff || error.name === 'ResourceNotFoundException') return false;
    throw error;
  }
}
