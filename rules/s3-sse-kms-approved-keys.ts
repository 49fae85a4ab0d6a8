import { defineRule, fail, pass, primary, skip, supporting } from '../src/engine/rule.ts';
import { judgeKey, keyApproval } from '../src/knowledge/buckets/kms-key.ts';

const FIX = `Set the default encryption of the bucket to aws:kms with one of the approved keys; on a target of server access logs to SSE-S3 (AES256), as S3 delivers no logs to a bucket with KMS.`;

export default defineRule({
  id: 's3-sse-kms-approved-keys',
  areas: ['encryption'],
  severity: 'high',
  title: 'S3 buckets encrypt new objects with an approved KMS key',
  rationale: `Under a key of your own, reading data takes a permission on the key too, which you can grant, log and withdraw.`,
  limits: [
    `Judges the default for new objects. Objects stored earlier or uploaded with another key, and the state and policy of the key, are not seen here. Where a bucket names the key aws/s3 by its key ARN, only a recorded AWS::KMS::Alias tells it from a key of yours. A bucket counts as a target of access logs when another logs to it, or its policy or ACL lets S3 deliver them.`,
  ],
  requirements: {
    'gdpr 32(1)(a)': primary(`Personal data is encrypted at rest under a key the controller holds.`),
    'gdpr 34(3)(a)': supporting('Data copied without the key stays unintelligible.'),
    'gdpr 5(1)(f)': supporting('Access to the stored data needs a second permission, on the key.'),
    'hipaa 164.312(a)(2)(iv)': primary('Health information is encrypted at rest by default.'),
    'hipaa 164.308(a)(1)(ii)(B)': supporting('Withdrawing a key stops access to the data at once.'),
  },
  reads: ['encryption', 'kmsAliases', 'roles'],
  parameters: keyApproval,
  messages: {
    approved: pass('New objects are encrypted with {name}, which is approved.'),
    logTarget: skip('Access logs arrive here ({because}), so SSE-S3 is the right encryption.'),
    undeliverable: fail('S3 delivers no access logs to a bucket with {algorithm}, but {because}.', { fix: FIX }),
    notRecorded: fail('No default encryption is recorded, so no key of yours protects new objects.', { fix: FIX }),
    notKms: fail('New objects are encrypted with {algorithm}, which is not accepted here.', { fix: FIX }),
    awsManagedKey: fail('New objects are encrypted with the AWS managed key aws/s3, not one of yours.', { fix: FIX }),
    aliasUnresolved: fail('{name} is not approved, and no recorded AWS::KMS::Alias tells its key.', { fix: FIX }),
    notApproved: fail('{name} of account {account} is not among the {count} approved keys.', { fix: FIX }),
    otherRegion: fail('{name} is in {region}, not in the Region of the bucket, so uploads fail.', { fix: FIX }),
    noBucketKey: fail('The approved key {name} is used without an S3 Bucket Key.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeKey(bucket, params),
});
