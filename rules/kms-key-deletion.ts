import { defineRule, EvidenceUnavailable, fail, pass, say, supporting } from '../src/engine/rule.ts';
import { reasonOf } from '../src/records/reading.ts';
import { counted } from '../src/values/text.ts';

export default defineRule({
  id: 'kms-key-deletion',
  areas: ['encryption'],
  severity: 'high',
  tier: 'strict',
  title: 'No KMS key of the account is scheduled for deletion',
  rationale:
    'Objects that were encrypted under a key can never be read again once it is deleted, and no record of a bucket names old keys.',
  limits: [
    'Each Region has one finding for all of its keys. The keys that buckets use today are also judged by s3-kms-key-health.',
    'A disabled key, and one that was deleted already, are not judged.',
    'Where the policy of a key refuses the answer, evidence is missing, unless another key is scheduled for deletion.',
  ],
  requirements: {
    'gdpr 32(1)(b)': supporting('A scheduled deletion of a key, without which data is unavailable, is reported.'),
    'hipaa 164.312(a)(2)(iv)': supporting('A scheduled deletion of a key, without which nothing is decrypted, is reported.'),
    'hipaa 164.308(a)(7)(ii)(A)': supporting('A scheduled deletion of a key that copies may need is reported.'),
  },
  subject: 'account',
  everyRegion: true,
  reads: ['keysInDeletion'],
  parameters: {},
  messages: {
    none: pass('No KMS key in {region} is scheduled for deletion.'),
    waiting: fail('{keys} scheduled for deletion in {region}, first {key}, {when}.', {
      fix: 'Cancel the deletion (CancelKeyDeletion), then enable the key (EnableKey), unless you are sure that no data needs it.',
      caution: 'The key may have been scheduled because it was exposed: find out who did it, and why, before you enable it.',
    }),
  },
  evaluate({ account: { keysInDeletion, region } }) {
    const { waiting, unread } = keysInDeletion;
    const [first] = waiting;
    if (first) {
      const when = first.deletedAt ? `on ${first.deletedAt.slice(0, 10)}` : 'at a time that KMS does not say';
      const keys = `${counted(waiting.length, 'KMS key')} ${waiting.length === 1 ? 'is' : 'are'}`;
      return say('waiting', { keys, region, key: first.id, when }, { waiting });
    }
    if (unread !== null) throw new EvidenceUnavailable('keysInDeletion', reasonOf(unread));
    return say('none', { region });
  },
});
