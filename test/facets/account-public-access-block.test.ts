import { expect, it } from 'vitest';
import { accountPublicAccessBlock } from '../../src/facets/bucket/context/account-public-access-block.ts';
import type { ConfigurationItem, ITEM_STATUSES } from '../../src/records/configuration-item.ts';
import { unwrap } from '../../src/records/normalise.ts';
import { RecordedInventory } from '../../src/sources/recorded-inventory.ts';
import { bucketItem } from '../contract-server/items.ts';

type Status = (typeof ITEM_STATUSES)[number];
const bucket = unwrap({ configurationItem: bucketItem('b') });

/** The flags of the account as one Region recorded them, all on or all off. */
function recorded(on: boolean, at: string | null, given: Partial<ConfigurationItem> = {}) {
  const flag = on;
  const configuration = {
    blockPublicAcls: flag,
    ignorePublicAcls: flag,
    blockPublicPolicy: flag,
    restrictPublicBuckets: flag,
  };
  const resourceType = 'AWS::S3::AccountPublicAccessBlock';
  return { ...bucket, resourceType, configuration, captureTime: at, ...given };
}
const gone = (status: Status, at: string) => recorded(true, at, { status, configuration: null });

const CONTESTED = {
  unavailable: 'the records of the account contradict each other, or do not count',
};
const early = '2026-01-01T00:00:00.000Z';
const late = '2026-06-01T00:00:00.000Z';

it.each<[string, ConfigurationItem[], unknown]>([
  ['nothing recorded', [], null],
  ['on', [recorded(true, late)], true],
  [
    'on in one Region, off in another as late',
    [recorded(true, late), recorded(false, late)],
    CONTESTED,
  ],
  ['switched on', [recorded(false, early), recorded(true, late)], true],
  ['switched off', [recorded(true, early), recorded(false, late)], false],
  ['on, off, at times nobody knows', [recorded(true, null), recorded(false, null)], CONTESTED],
  ['on, and off at a time nobody knows', [recorded(true, late), recorded(false, null)], CONTESTED],
  ['on, deleted as late', [recorded(true, late), gone('ResourceDeleted', late)], CONTESTED],
  [
    'on and off, then on',
    [recorded(true, early), recorded(false, early), recorded(true, late)],
    true,
  ],
  ['on, then unreadable', [recorded(true, early), recorded(true, late, { flaw: 'x' })], CONTESTED],
  ['unreadable, then on', [recorded(true, early, { flaw: 'x' }), recorded(true, late)], true],
  ['deleted', [recorded(true, early), gone('ResourceDeleted', late)], null],
  ['set again', [gone('ResourceDeleted', early), recorded(true, late)], true],
  ['no longer recorded', [recorded(true, early), gone('ResourceNotRecorded', late)], null],
  ['of another account', [recorded(true, late, { account: '999999999999' })], null],
])('%s, in whichever order it is read', (_name, items, expected) => {
  for (const order of [items, items.toReversed()]) {
    const inventory = new RecordedInventory();
    for (const item of order) inventory.add(item);
    const reading = accountPublicAccessBlock.read(bucket, inventory);
    const flags = 'value' in reading ? reading.value : reading;
    expect(flags && 'blockPublicAcls' in flags ? flags.restrictPublicBuckets : flags).toEqual(
      expected,
    );
  }
});

it('is missing evidence when the record is damaged', () => {
  const inventory = new RecordedInventory();
  inventory.add(recorded(true, late, { configuration: { blockPublicAcls: 'yes' } }));
  expect(accountPublicAccessBlock.read(bucket, inventory)).toEqual({
    unavailable: 'configuration.blockPublicAcls is "yes", expected true or false',
  });
});
