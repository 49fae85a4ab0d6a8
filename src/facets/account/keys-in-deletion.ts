import type { KeyInDeletion, KeysInDeletion } from '../../facts/account.ts';
import { isKnown, type Unread } from '../../records/reading.ts';
import { eachOf } from '../../services/pool.ts';
import { list, object, oneOf, optionalTime, text, wrong } from '../../values/json.ts';
import { type Ask, asked, orNull, readingFrom } from '../asked.ts';
import { describedKey } from '../described-key.ts';

type Question = 'DescribeKey' | 'ListKeys';

/** How many keys are asked about at once: KMS lets an account describe far more in a second. */
const AT_ONCE = 8;

/**
 * Every key of the Region, asked of KMS one by one: its list does not say their states (KMS API reference, ListKeys). The policy of a
 * key may refuse an answer, which makes none of the others unknown.
 */
export const keysInDeletion = asked<KeysInDeletion, Question>(
  ['DescribeKey', 'ListKeys'],
  async (ask, { account, region }) => {
    const { Keys } = await ask('ListKeys', {});
    const ids = list(Keys, 'Keys').map((key) =>
      text(object(key, 'Keys[]')['KeyId'], 'Keys[].KeyId'),
    );
    const waiting: KeyInDeletion[] = [];
    let unread: Unread | null = null;
    await eachOf(ids, AT_ONCE, async (id) => {
      const reading = await readingFrom(() => deletionOf(id, { account, region }, ask));
      if (!isKnown(reading)) {
        unread ??= { ...reading, unavailable: `key ${id}: ${reading.unavailable}` };
      } else if (reading.value !== null) waiting.push(reading.value);
    });
    return { waiting: waiting.toSorted(first), unread };
  },
);

/** By the time, and by the id, whatever the order in which KMS answered. */
const first = (one: KeyInDeletion, other: KeyInDeletion) => (keyOf(one) < keyOf(other) ? -1 : 1);
const keyOf = ({ deletedAt, id }: KeyInDeletion) => `${deletedAt ?? 'later'} ${id}`;

/** KMS API reference, KeyMetadata and KeyState. A key that is gone meanwhile waits no more. */
async function deletionOf(
  KeyId: string,
  place: { readonly account: string; readonly region: string },
  ask: Ask<Question>,
): Promise<KeyInDeletion | null> {
  const answer = await orNull(ask('DescribeKey', { KeyId }), 'NotFoundException');
  if (answer === null) return null;
  const key = object(answer.KeyMetadata, 'KeyMetadata');
  describedKey(key, KeyId, place);
  const state = oneOf(key['KeyState'], STATES, 'KeyMetadata.KeyState');
  const deletedAt = optionalTime(key['DeletionDate'], 'KeyMetadata.DeletionDate');
  if (state === 'PendingDeletion' || state === 'PendingReplicaDeletion')
    return { id: KeyId, deletedAt };
  // "Present only when the KMS key is scheduled for deletion."
  if (deletedAt !== null)
    throw wrong('KeyMetadata.KeyState', 'PendingDeletion, because there is a DeletionDate', state);
  return null;
}

/** A word that is none of these could be one for a key that waits for its deletion. */
const STATES = [
  'Creating',
  'Enabled',
  'Disabled',
  'PendingDeletion',
  'PendingImport',
  'PendingReplicaDeletion',
  'Unavailable',
  'Updating',
] as const;
