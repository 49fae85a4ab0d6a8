import rule from '../../rules/s3-sse-kms-approved-keys.ts';
import { bucket, describeRule } from '../describe-rule.ts';

const prefix = `arn:aws:kms:${bucket.region}:${bucket.account}:`;
const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
const keyArn = `${prefix}key/${keyId}`;
const foreignKey = `arn:aws:kms:${bucket.region}:999988887777:key/${keyId}`;
const kmsAliases = new Map([
  [`${prefix}alias/phi`, keyArn],
  [`${prefix}alias/aws/s3`, `${prefix}key/0000abcd-12ab-34cd-56ef-1234567890ab`],
]);
const kms = (key: string | null, algorithm = 'aws:kms', bucketKey = true) => ({
  encryption: { algorithm, key, bucketKey },
});
const sseS3 = { encryption: { algorithm: 'AES256', key: null, bucketKey: false } };
const logTarget = {
  roles: [{ role: 'access-log-target', because: 'bucket data logs to it' }],
} as const;
const approving = (...approvedKeys: string[]) => ({ approvedKeys });

describeRule(rule, {
  given: { roles: [], kmsAliases },
  compliant: [
    ['key ARN', kms(keyArn), 'approved', approving(keyArn)],
    ['key id on the bucket', kms(keyId), 'approved', approving(keyArn)],
    ['key id in the settings', kms(keyArn), 'approved', approving(keyId)],
    ['alias on the bucket, key in the settings', kms('alias/phi'), 'approved', approving(keyArn)],
    ['alias ARN on the bucket', kms(`${prefix}alias/phi`), 'approved', approving('alias/phi')],
    ['key on the bucket, alias in the settings', kms(keyId), 'approved', approving('alias/phi')],
    ['an unresolved alias that is approved itself', kms('alias/x'), 'approved', approving('alias/x')],
    ['wildcards within the parts', kms(keyArn), 'approved', approving(`${prefix}key/*`)],
    ['every Region', kms(keyArn), 'approved', approving(`arn:aws:kms:*:${bucket.account}:key/*`)],
    ['every key of an account', kms(foreignKey), 'approved', approving('account:999988887777')],
    // Checkov, cdk-nag and cloud-custodian take aws:kms alone for KMS.
    ['dual-layer encryption', kms(keyArn, 'aws:kms:dsse'), 'approved', approving(keyArn)],
    ['a bucket key where required', kms(keyArn), 'approved', { ...approving(keyId), requireBucketKey: true }],
    [
      'dual-layer encryption, which has no bucket key to require',
      kms(keyArn, 'aws:kms:dsse', false),
      'approved',
      { ...approving(keyId), requireBucketKey: true },
    ],
    ['AWS managed key, allowed', kms(null), 'approved', { allowAwsManagedKey: true }],
  ],
  nonCompliant: [
    ['nothing recorded', { encryption: null }, 'notRecorded'],
    // The Guard registry passes AES256 in the rule that it names after KMS.
    ['SSE-S3', sseS3, 'notKms', approving(keyArn)],
    ['an algorithm of the future', kms(keyArn, 'aws:kms:new'), 'notKms', approving(keyArn)],
    ['dual-layer encryption, not allowed', kms(keyArn, 'aws:kms:dsse'), 'notKms', { ...approving(keyArn), allowDsse: false }],
    ['AWS managed key, unnamed', kms(null), 'awsManagedKey', approving('account:123456789012')],
    ['AWS managed key by alias', kms('alias/aws/s3'), 'awsManagedKey', approving('alias/*')],
    ['AWS managed key by its id', kms('0000abcd-12ab-34cd-56ef-1234567890ab'), 'awsManagedKey', approving('account:123456789012')],
    ['no key approved at all', kms(keyArn), 'notApproved'],
    ['another key', kms(keyArn), 'notApproved', approving(`${prefix}key/other`)],
    ['the same id in another account', kms(foreignKey), 'notApproved', approving(keyId)],
    [
      'the same alias name in another account',
      kms(`arn:aws:kms:${bucket.region}:999988887777:alias/phi`),
      'aliasUnresolved',
      approving('alias/phi'),
    ],
    ['a wildcard does not cross into the account', kms(foreignKey), 'notApproved', approving(`arn:aws:kms:*:key/${keyId}`)],
    ['an alias nobody recorded', kms('alias/unknown'), 'aliasUnresolved', approving(keyArn)],
    ['an unresolved alias of an approved account', kms('alias/unknown'), 'aliasUnresolved', approving(`account:${bucket.account}`)],
    [
      'a key of another Region',
      kms(`arn:aws:kms:us-east-1:${bucket.account}:key/${keyId}`),
      'otherRegion',
      approving(`account:${bucket.account}`),
    ],
    ['no bucket key where required', kms(keyArn, 'aws:kms', false), 'noBucketKey', { ...approving(keyArn), requireBucketKey: true }],
    ['KMS on a target of access logs', { ...kms(keyArn), ...logTarget }, 'undeliverable', approving(keyArn)],
  ],
  notApplicable: [['SSE-S3 on a target of access logs', { ...sseS3, ...logTarget }, 'logTarget']],
});
