import { defineRule, EvidenceUnavailable, fail, flag, listFrom, pass, primary, say, skip, supporting } from '../src/engine/rule.ts';
import { approves, mayBeAwsManaged, resolveKey } from '../src/knowledge/buckets/kms-key.ts';
import { needsSseS3 } from '../src/knowledge/buckets/log-target.ts';
import { exempt, leftOut, scope } from '../src/knowledge/buckets/scope.ts';
import { APPROVE_OR_USE_KEY, USE_KEY } from '../src/knowledge/cautions.ts';

const SSE_S3 = { algorithm: 'AES256', key: null, bucketKey: false };
const ANY_READER = { except: ['gdpr 34(3)(a)', 'gdpr 5(1)(f)', 'hipaa 164.402', 'hipaa 164.308(a)(1)(ii)(B)'] } as const;
const UNSEEN = 'no record of AWS::KMS::Alias shows whether the key is aws/s3, which AWS manages';

export default defineRule({
  id: 's3-sse-kms-approved-keys',
  areas: ['encryption'],
  severity: 'high',
  title: 'S3 buckets encrypt new objects with an approved KMS key',
  rationale: 'With a KMS key of your own, reading data also requires a permission on the key, which you can grant, log and withdraw.',
  limits: [
    'Only the default for new objects is judged: objects stored earlier or uploaded with another key are not seen.',
    'The state and the policy of the key are judged by s3-kms-key-health.',
    'If a bucket names aws/s3 by its key ARN, only a recorded AWS::KMS::Alias shows that AWS manages the key. Without such records, a ' +
      'key in the same account that only account:<id> or a wildcard approves is not assessed.',
    'A bucket is a target of server access logs if another bucket logs to it, or if it is listed in logs.approvedTargets.',
    'The targets of load balancers and Redshift are not recorded: a bucket whose policy allows them to write counts as theirs.',
  ],
  requirements: {
    'gdpr 32(1)(a)': primary('New objects with personal data are encrypted at rest by default under an approved KMS key.'),
    'gdpr 34(3)(a)': supporting('New objects are by default unintelligible to anyone without access to the KMS key.'),
    'gdpr 5(1)(f)': supporting('Reading new objects requires a second permission, on the KMS key.'),
    'hipaa 164.312(a)(2)(iv)': primary('New health information is encrypted at rest by default.'),
    'hipaa 164.402': supporting('New objects are by default unreadable without access to the KMS key.'),
    'hipaa 164.308(a)(1)(ii)(B)': supporting('Access to the data can be withdrawn by withdrawing access to the key.'),
  },
  reads: ['tags', 'encryption', 'kmsAliases', 'roles', 'now'],
  parameters: {
    ...scope,
    approvedKeys: listFrom('kms.approvedKeys', 'KMS keys that may encrypt the bucket. If the list is empty, no key is approved.'),
    logBuckets: listFrom('logs.approvedTargets', 'Buckets that may use SSE-S3, because access logs are meant to arrive there.'),
    allowDsse: flag(true, 'Whether dual-layer encryption (aws:kms:dsse) is accepted.'),
    allowAwsManagedKey: flag(false, 'Whether the key aws/s3, whose policy cannot be changed, is accepted.'),
    requireBucketKey: flag(false, 'Whether aws:kms must use an S3 Bucket Key, which aws:kms:dsse does not support.'),
  },
  messages: {
    approved: pass('New objects are encrypted with {name}, which is approved.'),
    exempt,
    awsManaged: pass('New objects are encrypted with the AWS managed key {name}, which is accepted here.', ANY_READER),
    approvedUnseen: pass(
      'New objects are encrypted with {name}, which is approved; no record shows whether AWS manages it, which is accepted here.',
      ANY_READER,
    ),
    logTarget: skip('The bucket is for logs ({because}) that can only be stored with SSE-S3.'),
    undeliverable: fail('The bucket has {algorithm}, but is for logs ({because}) that can only be stored with SSE-S3.', {
      only: [],
      fix: 'Set the default encryption of the bucket to SSE-S3 (PutBucketEncryption, AES256), or send the logs to another bucket.',
      caution: 'With SSE-S3, other new objects in the bucket are no longer protected by the KMS key.',
    }),
    notRecorded: fail(
      'No default encryption is recorded, so S3 encrypts new objects with SSE-S3 and not with an approved KMS key.',
      USE_KEY,
    ),
    notKms: fail('New objects are encrypted with {algorithm}, which is not accepted here.', USE_KEY),
    awsManagedKey: fail('New objects are encrypted with the AWS managed key aws/s3, not with a key of your own.', USE_KEY),
    aliasUnresolved: fail('{name} is not approved, and no AWS::KMS::Alias is recorded that shows which key it is.', APPROVE_OR_USE_KEY),
    notApproved: fail('{name} of account {account} is not in the list of approved keys (entries: {count}).', APPROVE_OR_USE_KEY),
    otherRegion: fail('{name} is in {region}, not in the Region of the bucket, so uploads fail.', USE_KEY),
    noBucketKey: fail('The approved key {name} is used without an S3 Bucket Key.', {
      only: [],
      fix: 'Switch on the S3 Bucket Key in the default encryption of the bucket (PutBucketEncryption, BucketKeyEnabled true).',
      caution:
        'The encryption context becomes the ARN of the bucket, so policies that check the ARN of an object as encryption context stop ' +
        'matching.',
    }),
  },
  evaluate({ bucket, params }) {
    const left = leftOut(bucket, params);
    if (left !== null) return say('exempt', { because: left });
    // S3 encrypts with SSE-S3 where nothing else is set (Amazon S3 User Guide, "Default encryption FAQ").
    const { algorithm, key: setting, bucketKey } = bucket.encryption ?? SSE_S3;
    const because = needsSseS3(bucket, algorithm === 'AES256' ? params.logBuckets : []);
    if (because !== null) return algorithm === 'AES256' ? say('logTarget', { because }) : say('undeliverable', { algorithm, because });
    if (bucket.encryption === null) return say('notRecorded');
    const isKms = algorithm === 'aws:kms' || (algorithm === 'aws:kms:dsse' && params.allowDsse);
    if (!isKms) return say('notKms', { algorithm });

    const key = resolveKey(setting, bucket, bucket.kmsAliases);
    const { name, account, region } = key;
    const approved = params.approvedKeys.some((selector) => approves(selector, key, bucket));
    if (key.awsManaged && !params.allowAwsManagedKey) return say('awsManagedKey');
    if (!key.awsManaged && !approved) {
      if (key.arn === null) return say('aliasUnresolved', { name });
      return say('notApproved', { name, account, count: params.approvedKeys.length });
    }
    const isUnseen = !key.awsManaged && mayBeAwsManaged(key, params.approvedKeys, bucket, bucket.kmsAliases);
    if (isUnseen && !params.allowAwsManagedKey) throw new EvidenceUnavailable('kmsAliases', UNSEEN);
    if (region !== bucket.region) return say('otherRegion', { name, region });
    const lacksBucketKey = params.requireBucketKey && algorithm === 'aws:kms' && !bucketKey;
    if (lacksBucketKey) return say('noBucketKey', { name });
    return say(key.awsManaged ? 'awsManaged' : isUnseen ? 'approvedUnseen' : 'approved', { name });
  },
});
