import rule from '../../rules/s3-access-point-scoped.ts';
import { describeRule } from '../describe-rule.ts';
import { allow, deny, objects, point, policy, trusted } from './given/s3-access-point-scoped.ts';

describeRule(rule, {
  given: { accessPointArn: point },
  cases: [
    { when: 'no policy', facts: { accessPointPolicy: null }, unreadable: ['accessPointArn'], says: 'noPolicy' },
    { when: 'the own account', facts: policy(allow({ Principal: { AWS: '123456789012' } })), says: 'scoped' },
    { when: 'an approved account', facts: policy(allow({})), params: { trustedAccounts: ['111122223333'] }, says: 'scoped' },
    {
      when: 'everyone, with all outsiders denied on the objects',
      facts: policy(allow({ Principal: '*' }), deny(objects)),
      params: trusted,
      says: 'scoped',
    },
    {
      when: 'an approved service, for the own account',
      facts: policy(
        allow({
          Principal: { Service: 'cloudtrail.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
        }),
      ),
      params: { trustedServices: ['cloudtrail.amazonaws.com'] },
      says: 'scoped',
    },
    { when: 'everyone', facts: policy(allow({ Principal: '*' })), params: trusted, says: 'openStatement' },
    {
      when: 'everyone, through a Multi-Region Access Point by its alias',
      facts: {
        ...policy(
          allow({
            Principal: '*',
            Resource: 'arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap/object/*',
          }),
        ),
        accessPointArn: 'arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap',
      },
      says: 'openStatement',
    },
    { when: 'an account nobody approved', facts: policy(allow({})), says: 'openStatement' },
    {
      when: 'outsiders denied on the access point, not on objects in the bucket',
      facts: policy(allow({ Principal: '*' }), deny(point)),
      params: trusted,
      says: 'openStatement',
    },
    {
      when: 'outsiders denied below one prefix',
      facts: policy(allow({ Principal: '*' }), deny(`${point}/object/private/*`)),
      params: trusted,
      says: 'openStatement',
    },
    { when: 'every access point of the account', facts: policy(allow({ Principal: '*', Resource: '*' })), says: 'openStatement' },
  ],
});
