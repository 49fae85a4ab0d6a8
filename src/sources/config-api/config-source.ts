import type { ConfigServiceClient } from '@aws-sdk/client-config-service';
import type { Rule } from '../../engine/rule.ts';
import type { ConfigurationItem } from '../../records/configuration-item.ts';
import { kinds, typesOf } from '../../records/kinds.ts';
import { accountItem } from '../../records/normalise.ts';
import { askingOnce, type Services } from '../../services/services.ts';
import type { Source } from '../source.ts';
import { queriedInventory } from './queried-inventory.ts';
import { recordedItems, type Wait } from './recorded-items.ts';
import type { Remembered } from './remembered.ts';

/** Everything external that a source on AWS Config uses. */
export interface ConfigApi {
  readonly config: ConfigServiceClient;
  readonly services: Services;
  readonly wait: Wait;
  /** What was answered a moment ago to questions that every change asks alike; without it nothing is kept. */
  readonly remembered?: Remembered;
}

type Subjects = Pick<Rule, 'subject' | 'reads'>;

/** One record, and what AWS Config and the services say around it, as far as the rule reads it. */
export async function oneRecord(
  api: ConfigApi,
  { reads }: Subjects,
  item: ConfigurationItem,
): Promise<Source> {
  const inventory = await queriedInventory(api.config, reads, api.wait, item, api.remembered);
  return sourceOf(api, inventory, async function* () {
    yield item;
  });
}

/**
 * Everything of the rule's kind that AWS Config has a record of in the client's account and Region.
 * @param at the time of the population, which an account gets as the time of its record (ISO).
 */
export async function population(
  api: ConfigApi,
  { subject, reads }: Subjects,
  account: string,
  at: string,
): Promise<Source> {
  const { config, wait } = api;
  const inventory = await queriedInventory(config, reads, wait);
  return sourceOf(api, inventory, async function* () {
    if (kinds[subject].isRecorded) {
      for (const type of typesOf(subject)) yield* recordedItems(config, type, wait);
    } else {
      yield accountItem(account, await config.config.region(), at);
    }
  });
}

function sourceOf(
  api: ConfigApi,
  inventory: Awaited<ReturnType<typeof queriedInventory>>,
  items: () => AsyncIterable<ConfigurationItem>,
): Source {
  // Within one source the same question has the same answer.
  const services = askingOnce(api.services);
  return {
    items,
    inventory,
    prepare: (batch) => inventory.learn(batch),
    services: () => services,
  };
}
