/** What the policies made up for tests are put together from. */

export const bucket = { arn: 'arn:aws:s3:::example-bucket', account: '123456789012' };

export const point = 'arn:aws:s3:eu-west-1:123456789012:accesspoint/reader';

const owner = '$'.concat('{aws:ResourceAccount}');
const [A, X] = ['arn:aws:iam::111122223333', 'arn:aws:iam::444455556666'];
export const identity = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1';
export const principals = [
  '*',
  `${A}:root`,
  `${X}:root`,
  '444455556666',
  `${X}:role/Etl`,
  `${A}:role/Etl`,
  `${X}:user/111122223333`,
  '123456789012',
  identity,
];
/** Canonical users: of the trusted account, of a stranger, one that is approved, and one of no caller. */
export const users = ['decaf11112222', 'beef44445555', 'c0ffee99998888', 'dead'];
export const services = ['cloudtrail.amazonaws.com', 'lambda.amazonaws.com'];
export const actions = [
  's3:*',
  's3:*',
  '*',
  's3:GetObject',
  'S3:get*',
  's3:PutObject',
  's3:ListBucket',
  's3:?ut*',
  's3:PutBucketPolicy',
];
export const resources = [
  '*',
  '*',
  `${bucket.arn}*`,
  bucket.arn,
  `${bucket.arn}/*`,
  `${bucket.arn}/private/*`,
  `${bucket.arn}/public/?`,
  `${bucket.arn}/?*`,
  `${bucket.arn}/*?`,
  `${bucket.arn}/*/*`,
  'arn:aws:s3:::other/*',
];
const accounts = ['111122223333', '444455556666', '1111*', '123456789012', 'anonymous', '*', owner];
const organizations = ['o-exampleorg', 'o-strangers1', 'o-*', 'o-exampleorg*'];
export const text = [
  'StringEquals',
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIfExists',
  'StringNotEqualsIfExists',
  'StringEqualsIgnoreCase',
  'ForAllValues:StringLike',
  'ForAnyValue:StringEquals',
  'ForAnyValue:StringNotLike',
];
export const arn = [
  'ArnLike',
  'ArnNotLike',
  'ArnEquals',
  'StringLike',
  'StringNotLike',
  'ArnLikeIfExists',
];
export const booleans = ['Bool', 'Bool', 'BoolIfExists', 'StringEquals'];

/** Key, operators, values. */
export const conditions: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['aws:PrincipalOrgID', text, organizations],
  ['aws:PrincipalAccount', text, accounts],
  ['aws:SourceAccount', text, accounts],
  [
    'aws:PrincipalOrgPaths',
    [
      'ForAllValues:StringLike',
      'ForAnyValue:StringLike',
      'ForAllValues:StringNotLike',
      'ForAnyValue:StringNotLike',
      'ForAnyValue:StringEquals',
    ],
    [
      'o-exampleorg/*',
      'o-exampleorg*',
      'o-strangers1/*',
      'o-strangers1/r-1/ou-1/*',
      'o-strangers1/r-1/ou-?/',
      'o-exampleorg/r-1/*',
      '*',
    ],
  ],
  ['aws:SourceOrgID', text, organizations],
  [
    'aws:SourceOrgPaths',
    ['ForAnyValue:StringLike', 'ForAllValues:StringLike', 'ForAnyValue:StringEquals'],
    ['o-exampleorg/*', 'o-exampleorg*', 'o-strangers1/r-1/ou-1/*', 'o-strangers1/*'],
  ],
  [
    'aws:PrincipalServiceNamesList',
    [
      'ForAnyValue:StringEquals',
      'ForAnyValue:StringLike',
      'ForAllValues:StringEquals',
      'ForAnyValue:StringNotEquals',
      'ForAllValues:StringNotLike',
    ],
    [
      'cloudtrail.amazonaws.com',
      'lambda.amazonaws.com',
      'cloudtrail.eu-west-1.amazonaws.com',
      'cloudtrail.*',
      '*',
    ],
  ],
  [
    'aws:PrincipalArn',
    arn,
    [
      `${A}:role/*`,
      `${A}:*`,
      `${X}:role/Etl`,
      'arn:aws:iam::*:role/Etl',
      'arn:*:111122223333:role/*',
      `arn:aws:iam::${owner}:role/Etl`,
      'arn:aws:iam:*:111122223333:role/*',
      `${A}:root`,
    ],
  ],
  [
    'aws:SourceArn',
    arn,
    [
      'arn:aws:cloudtrail:eu-west-1:123456789012:trail/t',
      'arn:aws:*:*:444455556666:*',
      'arn:aws:s3:::source',
      '*123456789012*',
    ],
  ],
  ['aws:SecureTransport', booleans, ['true', 'false', 'false']],
  ['aws:PrincipalIsAWSService', booleans, ['true', 'false']],
  ['aws:SourceIp', ['IpAddress', 'NotIpAddress'], ['203.0.113.0/24', '0.0.0.0/0']],
  ['aws:SourceVpce', text, ['vpce-1', 'vpce-2', 'vpce-*']],
  ['s3:DataAccessPointAccount', text, accounts],
  [
    's3:DataAccessPointArn',
    arn,
    [
      'arn:aws:s3:eu-west-1:123456789012:accesspoint/*',
      'arn:aws:s3:*:444455556666:*',
      'arn:aws:s3:eu-west-1:*:accesspoint/reader',
    ],
  ],
  ['s3:signatureAge', ['NumericGreaterThan', 'NumericLessThan'], ['600000', '30000']],
  ['s3:signatureAge', ['StringLike', 'StringNotEquals'], ['9*', '30000']],
  ['aws:SourceVpce', ['Null'], ['true', 'false']],
  ['aws:PrincipalOrgID', ['Null'], ['true', 'false']],
  ['aws:PrincipalArn', ['Null'], ['true', 'false']],
  ['s3:DataAccessPointAccount', ['Null'], ['true', 'false']],
];
