import type { Topic, TopicKey } from '../../facts/receiver.ts';
import type { Reading } from '../../records/reading.ts';
import { NotCaptured } from '../../services/services.ts';
import { object, optionalText, text } from '../../values/json.ts';
import { type Ask, orNull, readingFrom } from '../asked.ts';
import { policyFrom } from '../bucket/recorded/policy.ts';
import { describedKey } from '../described-key.ts';

type AskAccess = Ask<'DescribeKey' | 'GetKeyPolicy' | 'GetTopicAttributes'>;

/** A topic that was deleted since it was listed is as good as one that shows nothing. */
const GONE: ReadonlySet<string> = new Set(['NotFound', 'NotFoundException']);

/**
 * The policy and the key of a topic of the account (Amazon SNS API reference, GetTopicAttributes: KmsMasterKeyId is left out
 * where no key of KMS encrypts it, and Policy is always there). null if its attributes are not among captured answers, which may
 * be older than this question: then only its subscriptions are judged.
 */
export async function topicOf(
  arn: string,
  ask: AskAccess,
  account: string,
): Promise<Reading<Topic> | null> {
  const [, , , region = ''] = arn.split(':');
  let isCaptured = true;
  const reading = await readingFrom(async (): Promise<Topic> => {
    const answer = await ask('GetTopicAttributes', { TopicArn: arn }, region).catch((error) => {
      isCaptured = !(error instanceof NotCaptured);
      throw error;
    });
    const attributes = object(answer.Attributes, 'Attributes');
    const key = optionalText(attributes['KmsMasterKeyId'], 'KmsMasterKeyId');
    return {
      policy: policyFrom(attributes['Policy'], 'the policy of the topic'),
      key: key === null ? null : await keyOf(key, region, ask, account),
    };
  }, GONE);
  return isCaptured ? reading : null;
}

/** An id, an alias or an ARN of either; aws/sns is never asked for, as its policy is always the same. */
async function keyOf(
  name: string,
  ofTopic: string,
  ask: AskAccess,
  account: string,
): Promise<TopicKey> {
  const isOfSns = name === 'alias/aws/sns' || name.endsWith(':alias/aws/sns');
  if (isOfSns) return { name, isAwsManaged: true, state: 'Enabled', policy: null };
  const region = name.startsWith('arn:') ? (name.split(':')[3] ?? '') : ofTopic;
  const answer = await orNull(ask('DescribeKey', { KeyId: name }, region), 'NotFoundException');
  if (answer === null) return { name, isAwsManaged: false, state: null, policy: null };
  const key = object(answer.KeyMetadata, 'KeyMetadata');
  const { arn: KeyId, account: owner } = describedKey(key, name, { account, region });
  const isAwsManaged = key['KeyManager'] === 'AWS';
  const isOwn = owner === account;
  const state = text(key['KeyState'], 'KeyMetadata.KeyState');
  if (isAwsManaged || !isOwn || state !== 'Enabled') {
    return { name, isAwsManaged, state, policy: null };
  }
  const { Policy } = await ask('GetKeyPolicy', { KeyId, PolicyName: 'default' }, region);
  return { name, isAwsManaged, state, policy: policyFrom(Policy, 'the policy of the key') };
}
