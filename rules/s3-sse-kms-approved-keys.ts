import { approves, resolveKey } from '../src/core/kms-key.ts';
import { defineRule, flag, listFrom, primary, supporting } from '../src/core/rule.ts';

export default defineRule({
  id: 's3-sse-kms-approved-keys',
  title: 'S3 buckets encrypt new objects with an approved KMS key',
  rationale: `Under a key of your own, reading data takes a permission on the key too, which you can grant, log and withdraw.`,
  remediation: `Set the default encryption of the bucket to aws:kms with one of the approved keys; on a target of server access logs to SSE-S3 (AES256), as S3 delivers no logs to a bucket with KMS.`,
  limits: `Judges the default for new objects. Objects stored earlier or uploaded with another key, and the state and policy of the key, are not seen here. Where a bucket names the key aws/s3 by its key ARN, only a recorded AWS::KMS::Alias tells it from a key of yours. A bucket counts as a target of access logs when another logs to it, or its policy or ACL lets S3 deliver them.`,
  severity: 'high',
  satisfies: {
    'gdpr 32(1)(a)': primary(`Personal data is encrypted at rest under a key the controller holds.`),
    'gdpr 34(3)(a)': supporting('Data copied without the key stays unintelligible.'),
    'gdpr 5(1)(f)': supporting('Access to the stored data needs a second permission, on the key.'),
    'hipaa 164.312(a)(2)(iv)': primary('Health information is encrypted at rest by default.'),
    'hipaa 164.308(a)(1)(ii)(B)': supporting('Withdrawing a key stops access to the data at once.'),
  },
  reads: ['encryption', 'kmsAliases', 'roles'],
  parameters: {
    approvedKeys: listFrom('kms.approvedKeys', 'Keys that may encrypt the bucket; none unless given.'),
    allowDsse: flag(true, 'Whether dual-layer encryption (aws:kms:dsse) counts.'),
    allowAwsManagedKey: flag(false, 'Whether the key aws/s3, whose policy is fixed, counts.'),
    requireBucketKey: flag(false, 'Whether aws:kms must use an S3 Bucket Key; DSSE has none.'),
  },
  messages: {
    approved: 'New objects are encrypted with {name}, which is approved.',
    logTarget: 'Access logs arrive here ({because}), so SSE-S3 is the right encryption.',
    undeliverable: 'S3 delivers no access logs to a bucket with {algorithm}, but {because}.',
    notRecorded: 'No default encryption is recorded, so no key of yours protects new objects.',
    notKms: 'New objects are encrypted with {algorithm}, which is not accepted here.',
    awsManagedKey: 'New objects are encrypted with the AWS managed key aws/s3, not one of yours.',
    aliasUnresolved: '{name} is not approved, and no recorded AWS::KMS::Alias tells its key.',
    notApproved: '{name} of account {account} is not among the {count} approved keys.',
    otherRegion: '{name} is in {region}, not in the Region of the bucket, so uploads fail.',
    noBucketKey: 'The approved key {name} is used without an S3 Bucket Key.',
  },
  evaluate({ bucket, params, pass, fail, skip }) {
    if (bucket.encryption === null) return fail('notRecorded');
    const { algorithm, key: setting, bucketKey } = bucket.encryption;
    const target = bucket.roles.find(({ role }) => role === 'access-log-target');
    if (target && algorithm === 'AES256') return skip('logTarget', target);
    if (target) return fail('undeliverable', { algorithm, because: target.because });

    const isKms = algorithm === 'aws:kms' || (algorithm === 'aws:kms:dsse' && params.allowDsse);
    if (!isKms) return fail('notKms', { algorithm });

    const key = resolveKey(setting, bucket, bucket.kmsAliases);
    const { name, account, region } = key;
    const approved = params.approvedKeys.some((selector) => approves(selector, key, bucket));
    if (key.awsManaged && !params.allowAwsManagedKey) return fail('awsManagedKey');
    if (!key.awsManaged && !approved) {
      if (key.arn === null) return fail('aliasUnresolved', { name });
      return fail('notApproved', { name, account, count: params.approvedKeys.length });
    }
    if (region !== bucket.region) return fail('otherRegion', { name, region });
    const needsBucketKey = params.requireBucketKey && algorithm === 'aws:kms';
    if (needsBucketKey && !bucketKey) return fail('noBucketKey', { name });
    return pass('approved', { name });
  },
});
