import type { DefaultEncryption } from '../../../facts/bucket-settings.ts';
import { array, object, oneOf, optionalFlag, optionalText, wrong } from '../../../values/json.ts';
import { recorded } from '../../facet.ts';

const KEY = 'ServerSideEncryptionConfiguration';

/** Amazon S3 API reference, ServerSideEncryptionByDefault: SSEAlgorithm. */
const ALGORITHMS = ['AES256', 'aws:kms', 'aws:kms:dsse', 'aws:fsx'] as const;

/** Items recorded before January 2023, when S3 began to encrypt every bucket, lack the key unless encryption was set. */
export const encryption = recorded<DefaultEncryption | null>(KEY, (value) => {
  if (value === undefined || value === null) return null;
  const rules = array(object(value, KEY)['rules'], `${KEY}.rules`);
  // S3 takes one rule. Which of two would win is not documented, so two prove nothing.
  if (rules.length !== 1) throw wrong(`${KEY}.rules`, 'a list of one rule', rules);
  const rule = object(rules[0], `${KEY}.rules[0]`);
  const byDefault = object(
    rule['applyServerSideEncryptionByDefault'],
    `${KEY}.applyServerSideEncryptionByDefault`,
  );
  return {
    algorithm: oneOf(byDefault['sseAlgorithm'], ALGORITHMS, `${KEY}.sseAlgorithm`),
    key: optionalText(byDefault['kmsMasterKeyID'], `${KEY}.kmsMasterKeyID`),
    bucketKey: optionalFlag(rule['bucketKeyEnabled'], `${KEY}.bucketKeyEnabled`),
  };
});
