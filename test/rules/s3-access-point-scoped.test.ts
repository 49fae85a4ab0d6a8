import rule from '../../rules/s3-access-point-scoped.ts';
import { describeRule } from '../describe-rule.ts';
import { policyOf } from '../facet-values.ts';

const point = 'arn:aws:s3:eu-central-1:123456789012:accesspoint/example-point';
const objects = `${point}/object/*`;
const policy = (...statements: object[]) => ({ accessPointPolicy: policyOf(...statements) });
const allow = (change: object) => ({
  Sid: 'Share',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 's3:GetObject',
  Resource: objects,
  ...change,
});
const outsiders = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } };
const deny = (Resource: string) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource,
  Condition: outsiders,
});
const trusted = { trustedOrganizations: ['o-exampleorg1'] };

describeRule(rule, {
  given: { accessPointArn: point },
  compliant: [
    ['no policy', { accessPointPolicy: null }, 'noPolicy'],
    ['the own account', policy(allow({ Principal: { AWS: '123456789012' } })), 'scoped'],
    ['an approved account', policy(allow({})), 'scoped', { trustedAccounts: ['111122223333'] }],
    ['everyone, with all outsiders denied on the objects', policy(allow({ Principal: '*' }), deny(objects)), 'scoped', trusted],
    [
      'an approved service, for the own account',
      policy(
        allow({
          Principal: { Service: 'cloudtrail.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
        }),
      ),
      'scoped',
      { trustedServices: ['cloudtrail.amazonaws.com'] },
    ],
  ],
  nonCompliant: [
    ['everyone', policy(allow({ Principal: '*' })), 'openStatement', trusted],
    [
      'everyone, through a Multi-Region Access Point by its alias',
      {
        ...policy(
          allow({
            Principal: '*',
            Resource: 'arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap/object/*',
          }),
        ),
        accessPointArn: 'arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap',
      },
      'openStatement',
    ],
    ['an account nobody approved', policy(allow({})), 'openStatement'],
    ['outsiders denied on the access point, not on its objects', policy(allow({ Principal: '*' }), deny(point)), 'openStatement', trusted],
    ['outsiders denied below one prefix', policy(allow({ Principal: '*' }), deny(`${point}/object/private/*`)), 'openStatement', trusted],
    ['every access point of the account', policy(allow({ Principal: '*', Resource: '*' })), 'openStatement'],
  ],
});
