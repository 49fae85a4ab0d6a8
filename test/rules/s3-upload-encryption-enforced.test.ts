import rule from '../../rules/s3-upload-encryption-enforced.ts';
import { type Case, describeRule } from '../describe-rule.ts';
import { denyHttp, policyOf } from '../facet-values.ts';

const sse = 's3:x-amz-server-side-encryption';
const id = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const key = 'arn:aws:kms:eu-central-1:123456789012:key/1111aaaa-22bb-33cc-44dd-5555eeee6666';
const alias = 'arn:aws:kms:eu-central-1:123456789012:alias/data';
const kmsAliases = new Map([[alias, key]]);
const wholeAccount = { approvedKeys: ['account:123456789012'] };
const anyKey = { requireKey: false };

const deny = (Condition: object, change: object = {}) => ({
  ...{ Sid: 'Deny', Effect: 'Deny', Principal: '*', Action: 's3:PutObject' },
  ...{ Resource: 'arn:aws:s3:::example-bucket/*', Condition, ...change },
});
const sseS3 = deny({ StringEquals: { [sse]: 'AES256' } });
const policy = (...statements: object[]) => ({ policy: policyOf(denyHttp, ...statements) });
/** With a header, the key must be named and right; without one the default applies. */
const keyNot = (operator: string, value: string) => deny({ Null: { [sse]: 'false' }, [operator]: { [id]: value } });
const full = policy(sseS3, keyNot('StringNotEquals', key));

const roleOf = (role: 'access-log-target' | 'load-balancer-logs') => ({
  policy: null,
  roles: [{ role, because: 'its policy allows it', isOnlyGranted: true as const }],
});

const cases: readonly Case[] = [
  {
    when: 'SSE-S3 and any other key denied',
    facts: full,
    says: 'enforced',
    peers: 'cloud-custodian and CloudSploit look for one statement in one spelling',
  },
  { when: 'a key approved by its alias', facts: { ...full, kmsAliases }, params: { approvedKeys: [alias] }, says: 'enforced' },
  {
    when: 'every key of an approved account',
    facts: policy(sseS3, keyNot('ArnNotLike', 'arn:aws:kms:*:123456789012:key/*')),
    params: wholeAccount,
    says: 'enforced',
  },
  {
    when: 'the statement of the S3 documentation, which refuses the default as well',
    facts: policy(deny({ ArnNotEqualsIfExists: { [id]: key } })),
    says: 'explicit',
  },
  { when: 'everything but KMS, any key', facts: policy(deny({ StringNotEquals: { [sse]: 'aws:kms' } })), params: anyKey, says: 'explicit' },
  {
    when: 'everything but KMS where there is a header',
    facts: policy(deny({ Null: { [sse]: 'false' }, StringNotEquals: { [sse]: ['aws:kms', 'aws:kms:dsse'] } })),
    params: anyKey,
    says: 'enforced',
  },
  {
    when: 'the header required',
    facts: policy(deny({ StringNotEquals: { [sse]: 'aws:kms' } }), deny({ StringNotEquals: { [id]: key } })),
    params: { approvedKeys: [key], acceptDefaultEncryption: false },
    says: 'explicit',
  },
  { when: 'no policy', facts: { policy: null }, unreadable: ['kmsAliases'], says: 'noPolicy' },
  { when: 'a policy about something else', facts: policy(), says: 'noDenial' },
  { when: 'SSE-S3 denied, any key welcome', facts: policy(sseS3), says: 'noDenial' },
  { when: 'a key nobody approved', facts: full, params: {}, says: 'noDenial' },
  {
    when: 'aws:kms without a key, which takes aws/s3',
    facts: policy(sseS3, deny({ Null: { [id]: 'false' }, StringNotEquals: { [id]: key } })),
    says: 'noDenial',
  },
  { when: 'a pattern that spares every key', facts: policy(sseS3, keyNot('StringNotLike', '*')), params: wholeAccount, says: 'noDenial' },
  {
    when: 'a pattern that spares a part of the own account, and more by its colons',
    facts: policy(sseS3, keyNot('StringNotLike', 'arn:*:123456789012:key/*')),
    params: wholeAccount,
    says: 'noDenial',
  },
  {
    when: 'an alias by its name, which is looked up in the account of the caller',
    facts: { ...policy(sseS3, keyNot('StringNotEquals', 'alias/data')), kmsAliases },
    says: 'noDenial',
  },
  {
    when: 'two layers spared',
    facts: policy(sseS3, deny({ StringEquals: { [sse]: 'aws:kms' }, StringNotEquals: { [id]: key } })),
    says: 'noDenial',
  },
  {
    when: 'two keys in one condition, so that either spares it',
    facts: policy(deny({ StringNotEquals: { [sse]: 'aws:kms', [id]: key } })),
    says: 'noDenial',
  },
  {
    when: 'one bad key denied instead of all but the good',
    facts: policy(sseS3, deny({ StringEquals: { [id]: `${key}7` } })),
    says: 'noDenial',
  },
  {
    when: 'a pattern that spares more than the approved key',
    facts: policy(sseS3, keyNot('StringNotLike', `${key.slice(0, -4)}*`)),
    params: { approvedKeys: ['arn:aws:kms:eu-central-1:123456789012:key/*'] },
    says: 'noDenial',
  },
  {
    when: 'below a prefix',
    facts: policy(
      { ...sseS3, Resource: 'arn:aws:s3:::example-bucket/in/*' },
      deny({ StringLike: { [sse]: 'aws:kms*' }, StringNotEquals: { [id]: key } }),
    ),
    says: 'gap',
  },
  { when: 'one role only', facts: policy({ ...sseS3, Principal: { AWS: '123456789012' } }), params: anyKey, says: 'gap' },
  {
    when: 'the default accepted where it is not',
    facts: full,
    params: { approvedKeys: [key], acceptDefaultEncryption: false },
    says: 'noDenial',
  },
  {
    when: 'a target with Object Lock, where no access logs arrive',
    facts: { policy: null, roles: [{ role: 'access-log-target', because: 'bucket a logs to it', stoppedBy: 'Object Lock' }] },
    says: 'noPolicy',
  },
  {
    when: 'a target of access logs',
    facts: { policy: null, roles: [{ role: 'access-log-target', because: 'bucket a logs to it' }] },
    says: 'logTarget',
  },
  { when: 'a listed target', facts: { policy: null }, params: { logBuckets: ['example-*'] }, says: 'logTarget' },
  { when: 'a bucket for logs of load balancers', facts: roleOf('load-balancer-logs'), says: 'logTarget' },
  { when: 'a bucket whose own policy lets S3 write access logs', facts: roleOf('access-log-target'), says: 'noPolicy' },
];

describeRule(rule, {
  given: { roles: [], kmsAliases: new Map(), now: '2026-03-02T12:00:00.000Z' },
  cases: cases.map((one) => ({ params: { approvedKeys: [key] }, ...one })),
});
