import { ORGANIZATION, type Place } from './accounts.ts';

/** One statement of a bucket policy, for the bucket it is put on. */
export type Statement = (at: Place) => object;

const everything = ({ arn }: Place) => [arn, `${arn}/*`];
const withoutTls = { Bool: { 'aws:SecureTransport': 'false' } };

interface Grant {
  readonly sid: string;
  readonly actions?: string | readonly string[];
  /** Below the bucket; the whole of it unless given. */
  readonly keys?: string;
  readonly condition?: (at: Place) => object;
}

const allow = (Principal: unknown, { sid, actions, keys, condition }: Grant): Statement => {
  return (at) => ({
    Sid: sid,
    Effect: 'Allow',
    Principal,
    Action: actions ?? 's3:GetObject',
    Resource: `${at.arn}/${keys ?? '*'}`,
    ...(condition ? { Condition: condition(at) } : {}),
  });
};

/** As the AWS documentation writes it. */
export const denyPlainHttp: Statement = (at) => ({
  Sid: 'DenyInsecureTransport',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: everything(at),
  Condition: withoutTls,
});

/** As the CDK writes it (enforceSSL). */
export const denyPlainHttpCdk: Statement = (at) => ({
  Action: 's3:*',
  Condition: withoutTls,
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Resource: everything(at),
});

/** Forgets the objects: `arn:aws:s3:::bucket` does not cover `arn:aws:s3:::bucket/*`. */
export const denyPlainHttpOnBucketOnly: Statement = (at) => ({
  ...denyPlainHttp(at),
  Resource: at.arn,
});

/** The other half of it: together the two are complete. */
export const denyPlainHttpOnObjects: Statement = (at) => ({
  ...denyPlainHttp(at),
  Sid: 'DenyInsecureTransportOnObjects',
  Resource: `${at.arn}/*`,
});

/** Denies reading and writing in clear, and forgets every other action. */
export const denyPlainHttpForSome: Statement = (at) => ({
  ...denyPlainHttp(at),
  Action: ['s3:GetObject', 's3:PutObject'],
});

/** Spares one appliance that cannot speak TLS. */
export const denyPlainHttpButFor =
  (role: string): Statement =>
  (at) => ({
    ...denyPlainHttp(at),
    Condition: {
      ...withoutTls,
      ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${at.account}:role/${role}` },
    },
  });

export const denyOldTls: Statement = (at) => ({
  Sid: 'DenyTlsBefore12',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: everything(at),
  Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } },
});

/** Keeps logs from being deleted for good; expiry by the lifecycle does not ask the policy. */
export const denyVersionDeletion: Statement = (at) => ({
  Sid: 'DenyDeletionOfVersions',
  Effect: 'Deny',
  Principal: '*',
  Action: ['s3:DeleteObjectVersion', 's3:PutLifecycleConfiguration'],
  Resource: everything(at),
});

/** Leaves the door open for one role, so whoever may assume it can still delete logs. */
export const denyVersionDeletionButFor =
  (role: string): Statement =>
  (at) => ({
    ...denyVersionDeletion(at),
    Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${at.account}:role/${role}` } },
  });

export const allowPrincipal = (AWS: string, grant: Grant): Statement => allow({ AWS }, grant);

export const allowAccount = (account: string, grant: Grant): Statement =>
  allow({ AWS: `arn:aws:iam::${account}:root` }, grant);

export const allowRole = (account: string, role: string, grant: Grant): Statement =>
  allow({ AWS: `arn:aws:iam::${account}:role/${role}` }, grant);

export const allowEveryone = (grant: Grant): Statement => allow('*', grant);

/** Every account of the organization. */
export const allowOrganization = (grant: Grant, id = ORGANIZATION): Statement =>
  allow(
    { AWS: '*' },
    { ...grant, condition: () => ({ StringEquals: { 'aws:PrincipalOrgID': id } }) },
  );

/** Meant as above, but ForAllValues is true when the key is absent: for every anonymous request. */
export const allowOrganizationWrongly = (grant: Grant): Statement =>
  allow('*', {
    ...grant,
    condition: () => ({ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': ORGANIZATION } }),
  });

/** A right of a role of the own account, as the statement says it. */
export const allowOwnRole =
  (role: string, statement: object | ((at: Place) => object)): Statement =>
  (at) => ({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${at.account}:role/${role}` },
    ...(typeof statement === 'function' ? statement(at) : statement),
  });

/** The accounts below one organizational unit. */
export const allowPath = (path: string, grant: Grant): Statement =>
  allow('*', {
    ...grant,
    condition: () => ({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${path}*` } }),
  });

/** Read by CloudFront through an origin access identity, which origin access control has replaced. */
export const allowOriginAccessIdentity = (id: string, grant: Grant): Statement =>
  allow({ AWS: `arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ${id}` }, grant);

const forOwner = ({ account }: Place) => ({ StringEquals: { 'aws:SourceAccount': account } });
const forOrganization = () => ({ StringEquals: { 'aws:SourceOrgID': ORGANIZATION } });

export const allowService = (
  service: string,
  sid: string,
  condition?: (at: Place) => object,
  actions = 's3:PutObject',
): Statement => allow({ Service: service }, { sid, actions, ...(condition ? { condition } : {}) });

export const accessLogs = allowService(
  'logging.s3.amazonaws.com',
  'S3ServerAccessLogs',
  ({ account }) => ({
    ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::examplehealth-*' },
    StringEquals: { 'aws:SourceAccount': account },
  }),
);

/** The services that deliver whole files look at the ACL of the bucket first. */
const delivery = (
  service: string,
  sid: string,
  condition: (at: Place) => object,
): readonly Statement[] => [
  (at) => ({
    Sid: `${sid}AclCheck`,
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 's3:GetBucketAcl',
    Resource: at.arn,
    Condition: condition(at),
  }),
  allowService(service, `${sid}Write`, condition),
];

export const trailLogs = (trail: string) =>
  delivery('cloudtrail.amazonaws.com', 'AWSCloudTrail', ({ account, region }) => ({
    StringEquals: { 'aws:SourceArn': `arn:aws:cloudtrail:${region}:${account}:trail/${trail}` },
  }));

export const configSnapshots = delivery('config.amazonaws.com', 'AWSConfig', forOrganization);

export const vendedLogs = delivery(
  'delivery.logs.amazonaws.com',
  'AWSLogDelivery',
  forOrganization,
);

export const guarded = (service: string, sid: string): Statement =>
  allowService(service, sid, forOwner);
