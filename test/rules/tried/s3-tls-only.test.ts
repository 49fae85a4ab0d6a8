import rule from '../../../rules/s3-tls-only.ts';
import { describeConfigurations } from '../../describe-rule.ts';
import { denyHttp, policyOf } from '../../facet-values.ts';

const bucket = 'arn:aws:s3:::example-bucket';
const resources = (...Resource: string[]) => ({ policy: policyOf({ ...denyHttp, Resource }) });

// An Allow reaches further than it says, a Deny less far: keys have at least one character, and not each has a dot.
describeConfigurations(rule, {
  cases: [
    ...[
      [bucket, `${bucket}/?*`],
      [bucket, `${bucket}/*?`],
      [bucket, `${bucket}/*?*`],
      [`${bucket}*`],
      [bucket, `${bucket}?*`],
      ['arn:aws:s3:::example-*', 'arn:aws:s3:::example-*/?*'],
      ['arn:aws:s3:::*', 'arn:aws:s3:::*/*?'],
      [bucket, `${bucket}/?`, `${bucket}/??*`, `${bucket}/*`],
    ].map((all) => ({
      when: `everything as ${all.join(' and ')}`,
      facts: resources(...all),
      says: 'refused',
    })),
    ...['??*', '*.*', '*-*', '*/*', '*e*', '?*?', 'a*', '?', ''].map((keys) => ({
      when: `the bucket and ${keys}, which leaves objects out`,
      facts: resources(bucket, `${bucket}/${keys}`),
      says: 'gap',
    })),
    {
      when: 'all but no object',
      facts: {
        policy: policyOf({ ...denyHttp, Resource: undefined, NotResource: `${bucket}/` }),
      },
      says: 'refused',
    },
    {
      when: 'all but keys with a dot',
      facts: {
        policy: policyOf({ ...denyHttp, Resource: undefined, NotResource: `${bucket}/*.*` }),
      },
      says: 'gap',
    },
    {
      when: 'objects in the folder of each caller',
      facts: resources(bucket, `${bucket}/${'$'}{aws:username}/*`),
      says: 'gap',
    },
  ],
});
