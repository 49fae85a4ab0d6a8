import { array, object, text } from '../../../values/json.ts';
import { asked, orNull } from '../../asked.ts';

/**
 * The encryption types that S3 refuses in uploads to the bucket, such as SSE-C. Asked of S3: the schema of AWS Config for buckets
 * (awslabs/aws-config-resource-schema) has no such property. NONE stands for no type (Amazon S3 API reference, BlockedEncryptionTypes).
 */
export const blockedEncryption = asked<readonly string[], 'GetBucketEncryption'>(
  ['GetBucketEncryption'],
  async (ask, { resourceName: Bucket, account: ExpectedBucketOwner }) => {
    const answer = await orNull(
      ask('GetBucketEncryption', { Bucket, ExpectedBucketOwner }),
      'ServerSideEncryptionConfigurationNotFoundError',
    );
    const at = 'ServerSideEncryptionConfiguration';
    const rules = array(object(answer?.[at] ?? {}, at)['Rules'], `${at}.Rules`);
    return rules.flatMap((rule) => {
      const blocked = object(rule, `${at}.Rules[]`)['BlockedEncryptionTypes'] ?? {};
      const types = array(
        object(blocked, 'BlockedEncryptionTypes')['EncryptionType'],
        'EncryptionType',
      );
      return types.map((type) => text(type, 'EncryptionType[]'));
    });
  },
);
