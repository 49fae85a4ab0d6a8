import rule from '../../rules/s3-upload-encryption-enforced.ts';
import { describeRule } from '../describe-rule.ts';
import { denyHttp, policyOf } from '../facet-values.ts';

const sse = 's3:x-amz-server-side-encryption';
const id = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const key = 'arn:aws:kms:eu-central-1:123456789012:key/1111aaaa-22bb-33cc-44dd-5555eeee6666';
const alias = 'arn:aws:kms:eu-central-1:123456789012:alias/data';
const approvedKeys = [key];

const deny = (Condition: object, change: object = {}) => ({
  Sid: 'Deny',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::example-bucket/*',
  Condition,
  ...change,
});
const sseS3 = deny({ StringEquals: { [sse]: 'AES256' } });
const policy = (...statements: object[]) => ({ policy: policyOf(denyHttp, ...statements) });

/** With a header, the key must be named and right; without one the default applies. */
const otherKey = deny({ Null: { [sse]: 'false' }, StringNotEquals: { [id]: key } });
const full = policy(sseS3, otherKey);

describeRule(rule, {
  given: { roles: [], kmsAliases: new Map() },
  compliant: [
    // cloud-custodian and CloudSploit look for one statement in one spelling.
    ['SSE-S3 and any other key denied', full, 'enforced', { approvedKeys }],
    ['a key approved by its alias', { ...full, kmsAliases: new Map([[alias, key]]) }, 'enforced', { approvedKeys: [alias] }],
    [
      'every key of an approved account',
      policy(
        sseS3,
        deny({
          Null: { [sse]: 'false' },
          ArnNotLike: { [id]: 'arn:aws:kms:*:123456789012:key/*' },
        }),
      ),
      'enforced',
      { approvedKeys: ['account:123456789012'] },
    ],
    [
      'the statement of the S3 documentation, which refuses the default as well',
      policy(deny({ ArnNotEqualsIfExists: { [id]: key } })),
      'explicit',
      { approvedKeys },
    ],
    ['everything but KMS, any key', policy(deny({ StringNotEquals: { [sse]: 'aws:kms' } })), 'explicit', { requireKey: false }],
    [
      'everything but KMS where there is a header',
      policy(deny({ Null: { [sse]: 'false' }, StringNotEquals: { [sse]: ['aws:kms', 'aws:kms:dsse'] } })),
      'enforced',
      { requireKey: false },
    ],
    [
      'the header required',
      policy(deny({ StringNotEquals: { [sse]: 'aws:kms' } }), deny({ StringNotEquals: { [id]: key } })),
      'explicit',
      { approvedKeys, acceptDefaultEncryption: false },
    ],
  ],
  nonCompliant: [
    ['no policy', { policy: null }, 'noPolicy'],
    ['a policy about something else', policy(), 'noDenial'],
    ['SSE-S3 denied, any key welcome', policy(sseS3), 'noDenial', { approvedKeys }],
    ['a key nobody approved', full, 'noDenial'],
    [
      'aws:kms without a key, which takes aws/s3',
      policy(sseS3, deny({ Null: { [id]: 'false' }, StringNotEquals: { [id]: key } })),
      'noDenial',
      { approvedKeys },
    ],
    [
      'a pattern that spares every key there is',
      policy(sseS3, deny({ Null: { [sse]: 'false' }, StringNotLike: { [id]: '*' } })),
      'noDenial',
      { approvedKeys: ['account:123456789012'] },
    ],
    [
      'a pattern that spares a part of the own account, and more by its colons',
      policy(sseS3, deny({ Null: { [sse]: 'false' }, StringNotLike: { [id]: 'arn:*:123456789012:key/*' } })),
      'noDenial',
      { approvedKeys: ['account:123456789012'] },
    ],
    [
      'an alias by its name, which is looked up in the account of the caller',
      {
        ...policy(sseS3, deny({ Null: { [sse]: 'false' }, StringNotEquals: { [id]: 'alias/data' } })),
        kmsAliases: new Map([[alias, key]]),
      },
      'noDenial',
      { approvedKeys },
    ],
    [
      'two layers spared',
      policy(sseS3, deny({ StringEquals: { [sse]: 'aws:kms' }, StringNotEquals: { [id]: key } })),
      'noDenial',
      { approvedKeys },
    ],
    [
      'two keys in one condition, so that either spares it',
      policy(deny({ StringNotEquals: { [sse]: 'aws:kms', [id]: key } })),
      'noDenial',
      { approvedKeys },
    ],
    [
      'one bad key denied instead of all but the good',
      policy(sseS3, deny({ StringEquals: { [id]: `${key}7` } })),
      'noDenial',
      { approvedKeys },
    ],
    [
      'a pattern that spares more than the approved key',
      policy(sseS3, deny({ Null: { [sse]: 'false' }, StringNotLike: { [id]: `${key.slice(0, -4)}*` } })),
      'noDenial',
      { approvedKeys: ['arn:aws:kms:eu-central-1:123456789012:key/*'] },
    ],
    [
      'below a prefix',
      policy(
        { ...sseS3, Resource: 'arn:aws:s3:::example-bucket/in/*' },
        deny({ StringLike: { [sse]: 'aws:kms*' }, StringNotEquals: { [id]: key } }),
      ),
      'gap',
      { approvedKeys },
    ],
    ['one role only', policy({ ...sseS3, Principal: { AWS: '123456789012' } }), 'gap', { requireKey: false }],
    ['the default accepted where it is not', full, 'noDenial', { approvedKeys, acceptDefaultEncryption: false }],
  ],
  notApplicable: [
    ['a target of access logs', { policy: null, roles: [{ role: 'access-log-target', because: 'bucket a logs to it' }] }, 'logTarget'],
  ],
});
