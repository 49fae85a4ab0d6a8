import rule from '../../../rules/s3-access-point-scoped.ts';
import { describeConfigurations } from '../../describe-rule.ts';
import { allow, deny, objects, point, policy, trusted } from '../given/s3-access-point-scoped.ts';

describeConfigurations(rule, {
  given: { accessPointArn: point },
  cases: [
    {
      when: 'everyone on the access point and all below it, with outsiders denied on the objects and on it',
      facts: policy(allow({ Principal: '*', Resource: [point, `${point}/*`] }), deny(objects), deny(point)),
      params: trusted,
      says: 'scoped',
    },
    {
      when: 'everyone, with all outsiders denied on objects written as ?*',
      facts: policy(allow({ Principal: '*' }), deny(`${point}/object/?*`)),
      params: trusted,
      says: 'scoped',
    },
    ...['arn:aws:s3:eu-central-1:123456789012:accesspoint/*', 'arn:aws:s3:*:*:accesspoint/*/object/*', '*/object/?*'].map((Resource) => ({
      when: `everyone on ${Resource}`,
      facts: policy(allow({ Principal: '*', Resource })),
      params: trusted,
      says: 'openStatement',
    })),
    {
      when: 'everyone, with outsiders denied on a path that reaches no object',
      facts: policy(allow({ Principal: '*' }), deny(`${point}/?*/object/*`)),
      params: trusted,
      says: 'openStatement',
    },
  ],
});
