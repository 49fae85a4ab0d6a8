import type { PublicAccessBlock } from '../../../facts/bucket-settings.ts';
import type { InventoryFacet } from '../../facet.ts';

/**
 * Recorded as AWS::S3::AccountPublicAccessBlock, in every Region although it is one setting of the account. An account that
 * never set it has no such record, and neither has one whose recorder leaves the type out.
 */
export const accountPublicAccessBlock: InventoryFacet<PublicAccessBlock | null> = {
  from: 'inventory',
  permissions: ['config:SelectResourceConfig'],
  records: ['AWS::S3::AccountPublicAccessBlock'],
  read: (item, inventory) => inventory.accountPublicAccessBlock(item.account),
};
