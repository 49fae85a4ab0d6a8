import { type EncryptionKey, isUsable, type KmsKeyState } from '../../../facts/encryption-key.ts';
import { isKnown } from '../../../records/reading.ts';
import {
  answeredFlag,
  type Json,
  Malformed,
  object,
  oneOf,
  optionalCount,
  optionalText,
  text,
} from '../../../values/json.ts';
import { type Ask, asked, orNull } from '../../asked.ts';
import { describedKey } from '../../described-key.ts';
import { encryption } from '../recorded/encryption.ts';
import { policyFrom } from '../recorded/policy.ts';

type Question = 'DescribeKey' | 'GetKeyPolicy' | 'GetKeyRotationStatus';

/**
 * The key that the record of the bucket names, asked of KMS in the Region of the key; null for a bucket without SSE-KMS. Id,
 * alias and alias ARN are taken as well as a key ARN (KMS API reference, DescribeKey). One without a name uses aws/s3.
 */
export const encryptionKey = asked<EncryptionKey | null, Question>(
  ['DescribeKey', 'GetKeyPolicy', 'GetKeyRotationStatus'],
  async (ask, item) => {
    const reading = encryption.read(item);
    if (!isKnown(reading)) throw new Malformed(reading.unavailable);
    if (!reading.value?.algorithm.startsWith('aws:kms')) return null;
    const name = reading.value.key ?? 'alias/aws/s3';
    const region = name.startsWith('arn:') ? (name.split(':')[3] ?? '') : item.region;
    // An alias or an ARN in another account that does not exist is refused, so only a missing key is reported as such.
    const answer = await orNull(ask('DescribeKey', { KeyId: name }, region), 'NotFoundException');
    if (answer === null) return { name, key: null };
    const key = object(answer.KeyMetadata, 'KeyMetadata');
    const described = describedKey(key, name, { account: item.account, region });
    return { name, key: await stateOf(key, described, region, item.account, ask) };
  },
);

async function stateOf(
  key: Json,
  { arn, account }: ReturnType<typeof describedKey>,
  region: string,
  own: string,
  ask: Ask<Question>,
): Promise<KmsKeyState> {
  const state = text(key['KeyState'], 'KeyMetadata.KeyState');
  const usage = optionalText(key['KeyUsage'], 'KeyMetadata.KeyUsage');
  const isAwsManaged = key['KeyManager'] === 'AWS';
  const isInQuestion = isUsable(state) && !isAwsManaged;
  const { spec, origin } = isInQuestion ? madeAs(key) : NOT_ASKED;
  // KMS rotates symmetric keys whose material it made, and answers for no others.
  const canRotate = origin === 'AWS_KMS' && spec === 'SYMMETRIC_DEFAULT';
  return {
    arn,
    account,
    isAwsManaged,
    state,
    spec: usage === null || usage === 'ENCRYPT_DECRYPT' ? spec : usage,
    rotationDays: isInQuestion && canRotate ? await rotationOf(arn, region, ask) : 'cannot',
    policy: isInQuestion && account === own ? await policyOf(arn, region, ask) : null,
  };
}

const ORIGINS = ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const;
const NOT_ASKED = { spec: null, origin: null };

/** Both are in every answer (KMS API reference, KeyMetadata); a key without them would look as if it could not be rotated. */
const madeAs = (key: Json) => ({
  spec: text(key['KeySpec'] ?? key['CustomerMasterKeySpec'], 'KeyMetadata.KeySpec'),
  origin: oneOf(key['Origin'], ORIGINS, 'KeyMetadata.Origin'),
});

/** A year, where the answer is from before the period could be chosen (KMS API reference, EnableKeyRotation). */
async function rotationOf(KeyId: string, region: string, ask: Ask<Question>) {
  const answer = await ask('GetKeyRotationStatus', { KeyId }, region);
  if (!answeredFlag(answer.KeyRotationEnabled, 'KeyRotationEnabled')) return null;
  return optionalCount(answer.RotationPeriodInDays, 'RotationPeriodInDays') ?? 365;
}

/** A key has one policy, and its name is default. */
async function policyOf(KeyId: string, region: string, ask: Ask<Question>) {
  const { Policy } = await ask('GetKeyPolicy', { KeyId, PolicyName: 'default' }, region);
  return policyFrom(Policy, 'the policy of the key');
}
