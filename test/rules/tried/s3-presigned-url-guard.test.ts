import rule from '../../../rules/s3-presigned-url-guard.ts';
import { describeConfigurations } from '../../describe-rule.ts';
import { age, deny, forbid } from '../given/s3-presigned-url-guard.ts';

describeConfigurations(rule, {
  cases: [
    ...[
      { StringEquals: { 's3:signatureversion': 'AWS4-HMAC-SHA256' } },
      { StringLike: { 's3:SignatureVersion': 'AWS4*' } },
      { StringNotEquals: { 's3:signatureversion': 'AWS' } },
      { Null: { 's3:signatureversion': 'false' } },
      {
        StringEquals: {
          's3:signatureversion': 'AWS4-HMAC-SHA256',
          's3:authType': ['REST-QUERY-STRING', 'POST'],
        },
      },
    ].map((Condition) => ({
      when: `an hour, for what every such URL says: ${JSON.stringify(Condition)}`,
      facts: deny({ ...age('NumericGreaterThan', '3600000'), ...Condition }),
      says: 'refused',
    })),
    {
      when: 'every request signed with version 4, as asked',
      facts: deny({ StringEquals: { 's3:signatureversion': 'AWS4-HMAC-SHA256' } }),
      params: forbid,
      says: 'refused',
    },
    {
      when: 'an hour, for version 2 alone',
      facts: deny({
        ...age('NumericGreaterThan', '3600000'),
        StringEquals: { 's3:signatureversion': 'AWS' },
      }),
      says: 'noDenial',
    },
    {
      when: 'an hour, for headers of version 4',
      facts: deny({
        ...age('NumericGreaterThan', '3600000'),
        StringEquals: { 's3:signatureversion': 'AWS4-HMAC-SHA256', 's3:authType': 'REST-HEADER' },
      }),
      says: 'noDenial',
    },
  ],
});
