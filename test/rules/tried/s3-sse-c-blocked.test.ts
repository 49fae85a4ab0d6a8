import rule from '../../../rules/s3-sse-c-blocked.ts';
import { describeConfigurations } from '../../describe-rule.ts';
import { deny, key } from '../given/s3-sse-c-blocked.ts';

const sse = 's3:x-amz-server-side-encryption';

describeConfigurations(rule, {
  given: { blockedEncryption: [] },
  cases: [
    { when: 'blocked, and NONE is blocked', facts: { policy: null, blockedEncryption: ['NONE', 'SSE-C'] }, says: 'noPolicy' },
    ...[
      { StringNotEquals: { [sse]: 'aws:kms' } },
      { StringNotEquals: { [sse]: ['aws:kms', 'AES256'] } },
      { StringNotEqualsIfExists: { [sse]: 'aws:kms' } },
      { StringNotLike: { [sse]: 'aws:kms*' } },
      { Null: { [sse]: 'true' } },
      {
        StringNotEquals: {
          [`${sse}-aws-kms-key-id`]: 'arn:aws:kms:eu-central-1:123456789012:key/1',
        },
      },
      { StringNotEquals: { [sse]: 'aws:kms' }, Null: { [key]: 'false' } },
    ].map((Condition) => ({
      when: `an upload with SSE-C has no other encryption header: ${JSON.stringify(Condition)}`,
      facts: deny({ Condition }),
      says: 'refused',
    })),
    ...[
      { StringEquals: { [sse]: 'AES256' } },
      { StringNotEquals: { [sse]: 'aws:kms' }, Null: { [sse]: 'false' } },
      { 'ForAnyValue:StringNotEquals': { [sse]: 'aws:kms' } },
      { Null: { [sse]: 'false' } },
      { StringNotEquals: { [sse]: 'aws:kms' }, Null: { [key]: 'true' } },
    ].map((Condition) => ({
      when: `a denial that needs a header: ${JSON.stringify(Condition)}`,
      facts: deny({ Condition }),
      says: 'noDenial',
    })),
    {
      when: 'all but KMS refused, below a prefix',
      facts: deny({
        Resource: 'arn:aws:s3:::example-bucket/in/*',
        Condition: { StringNotEquals: { [sse]: 'aws:kms' } },
      }),
      says: 'gap',
    },
  ],
});
