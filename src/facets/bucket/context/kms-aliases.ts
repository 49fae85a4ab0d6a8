import type { InventoryFacet } from '../../facet.ts';

/** Recorded as AWS::KMS::Alias where the recorder includes that type; without it every alias stays unresolved. */
export const kmsAliases: InventoryFacet<ReadonlyMap<string, string>> = {
  from: 'inventory',
  permissions: ['config:SelectResourceConfig'],
  records: ['AWS::KMS::Alias'],
  read: (item, inventory) => inventory.kmsAliases(item.account, item.region),
};
