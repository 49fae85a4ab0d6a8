import type { Identity } from '../../../src/records/reading.ts';

/** A configuration item of a bucket with a policy of two statements, as AWS Config writes it. */
export function itemOf({ type, name, account, region, arn }: Identity): string {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'TlsOnly', Effect: 'Deny', Principal: '*', Action: 's3:*' },
        ...{ Resource: [arn, `${arn}/*`], Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      },
      {
        Sid: 'AllowPartner',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `${arn}/*`,
      },
    ],
  };
  return JSON.stringify({
    ...{ configurationItemVersion: '1.3', configurationItemStatus: 'OK', resourceType: type },
    ...{ resourceId: name, resourceName: name, ARN: arn, awsRegion: region, awsAccountId: account },
    configuration: {
      name,
      owner: { id: 'ef5ef0b06ee553f675db5c702e3f82498247bfcde338e91808ce1fc607ecff64' },
    },
    supplementaryConfiguration: {
      BucketPolicy: { policyText: JSON.stringify(policy) },
      BucketVersioningConfiguration: { status: 'Enabled', isMfaDeleteEnabled: null },
    },
  });
}
