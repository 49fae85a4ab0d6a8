import type { ConfigurationItem } from '../../../records/configuration-item.ts';
import type { InventoryFacet } from '../../facet.ts';

/** Recorded as AWS::KMS::Alias where the recorder includes that type; without it every alias stays unresolved. */
export const kmsAliases: InventoryFacet<ReadonlyMap<string, string>> = {
  from: 'inventory',
  permissions: ['config:SelectResourceConfig'],
  records: ['AWS::KMS::Alias'],
  read(item, inventory) {
    const contested = inventory.contestedAliases?.(item.account, item.region);
    const name = contested && contested.size > 0 ? mentioned(item, contested) : undefined;
    if (name === undefined) return inventory.kmsAliases(item.account, item.region);
    return { unavailable: `the records of ${name} contradict each other, or do not count` };
  },
};

/** A contested alias costs only those buckets their answer that it may be about. */
function mentioned({ supplementary }: ConfigurationItem, names: ReadonlySet<string>) {
  const text = JSON.stringify(supplementary);
  return [...names].find((name) => text.includes(name));
}
