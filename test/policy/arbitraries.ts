import fc from 'fast-check';

export const bucket = { arn: 'arn:aws:s3:::example-bucket', account: '123456789012' };

export type Statement = Readonly<Record<string, unknown>>;

const scalarOrList = <T>(entry: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(entry, fc.array(entry, { minLength: 1, maxLength: 2 }));

const owner = '$'.concat('{aws:ResourceAccount}');
const [A, X] = ['arn:aws:iam::111122223333', 'arn:aws:iam::444455556666'];
const awsPrincipal = fc.constantFrom(
  '*',
  `${A}:root`,
  `${X}:root`,
  '444455556666',
  `${X}:role/Etl`,
  `${X}:user/111122223333`,
  '123456789012',
);
const service = fc.constantFrom('cloudtrail.amazonaws.com', 'lambda.amazonaws.com');
const principal = fc.oneof(
  { weight: 3, arbitrary: fc.constant('*') },
  scalarOrList(awsPrincipal).map((AWS) => ({ AWS })),
  scalarOrList(service).map((Service) => ({ Service })),
  fc.record({ AWS: awsPrincipal, Service: service }),
);
const actions = scalarOrList(
  fc.constantFrom(
    's3:*',
    '*',
    's3:GetObject',
    'S3:get*',
    's3:PutObject',
    's3:ListBucket',
    's3:?ut*',
  ),
);
const resources = scalarOrList(
  fc.constantFrom(
    '*',
    bucket.arn,
    `${bucket.arn}/*`,
    `${bucket.arn}*`,
    `${bucket.arn}/private/*`,
    `${bucket.arn}/public/?`,
    'arn:aws:s3:::other/*',
  ),
);

const organizations = scalarOrList(
  fc.constantFrom('o-exampleorg', 'o-strangers1', 'o-*', 'o-exampleorg*'),
);
const paths = scalarOrList(
  fc.constantFrom('o-exampleorg/*', 'o-exampleorg*', 'o-strangers1/*', 'o-exampleorg/r-1/*', '*'),
);
const accounts = scalarOrList(
  fc.constantFrom('111122223333', '444455556666', '1111*', '123456789012', 'anonymous', '*', owner),
);
const arns = scalarOrList(
  fc.constantFrom(
    `${A}:role/*`,
    `${A}:*`,
    `${X}:role/Etl`,
    'arn:aws:iam::*:role/Etl',
    'arn:*:111122223333:role/*',
    `arn:aws:iam::${owner}:role/Etl`,
    'arn:aws:iam:*:111122223333:role/*',
    `${A}:root`,
  ),
);
const sourceArns = scalarOrList(
  fc.constantFrom(
    'arn:aws:cloudtrail:eu-west-1:123456789012:trail/t',
    'arn:aws:*:*:444455556666:*',
    'arn:aws:s3:::source',
    '*123456789012*',
  ),
);
const stringOperator = fc.constantFrom(
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIfExists',
  'StringNotEqualsIfExists',
  'StringEqualsIgnoreCase',
  'ForAllValues:StringLike',
  'ForAnyValue:StringEquals',
  'ForAllValues:StringNotLike',
  'ForAnyValue:StringNotLike',
);
const pathOperator = fc.constantFrom(
  'ForAllValues:StringLike',
  'ForAnyValue:StringLike',
  'ForAllValues:StringNotLike',
  'ForAnyValue:StringNotLike',
  'ForAnyValue:StringEquals',
  'StringLike',
);
const arnOperator = fc.constantFrom(
  'ArnLike',
  'ArnNotLike',
  'ArnEquals',
  'ArnNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEquals',
  'ArnLikeIfExists',
);
const boolOperator = fc.constantFrom('Bool', 'BoolIfExists', 'StringEquals', 'StringNotEquals');
const booleans = fc.constantFrom('true', 'false', ['false']);
const entry = (operator: fc.Arbitrary<string>, key: string, values: fc.Arbitrary<unknown>) =>
  fc.tuple(operator, fc.constant(key), values);
const conditionEntry = fc.oneof(
  entry(stringOperator, 'aws:PrincipalOrgID', organizations),
  entry(pathOperator, 'aws:PrincipalOrgPaths', paths),
  entry(stringOperator, 'aws:PrincipalAccount', accounts),
  entry(arnOperator, 'aws:PrincipalArn', arns),
  entry(stringOperator, 'aws:SourceAccount', accounts),
  entry(arnOperator, 'aws:SourceArn', sourceArns),
  entry(boolOperator, 'aws:SecureTransport', booleans),
  entry(boolOperator, 'aws:PrincipalIsAWSService', booleans),
  entry(
    fc.constantFrom('IpAddress', 'NotIpAddress'),
    'aws:SourceIp',
    fc.constantFrom('203.0.113.0/24', '0.0.0.0/0'),
  ),
  entry(
    stringOperator,
    'aws:SourceVpce',
    scalarOrList(fc.constantFrom('vpce-1', 'vpce-2', 'vpce-*')),
  ),
  entry(fc.constant('Null'), 'aws:SourceVpce', fc.constantFrom('true', 'false')),
  entry(fc.constant('Null'), 'aws:PrincipalOrgID', fc.constantFrom('true', 'false')),
  entry(fc.constant('Null'), 'aws:PrincipalArn', fc.constantFrom('true', 'false')),
);
const conditionBlock = fc.array(conditionEntry, { maxLength: 3 }).map((entries) => {
  const block: Record<string, Record<string, unknown>> = {};
  for (const [operator, key, values] of entries)
    block[operator] = { ...block[operator], [key]: values };
  return entries.length === 0 ? {} : { Condition: block };
});
const either = (
  name: string,
  value: fc.Arbitrary<unknown>,
  negated: number,
): fc.Arbitrary<Statement> =>
  fc.tuple(fc.nat(9), value).map(([n, v]) => ({ [n < negated ? `Not${name}` : name]: v }));
const statement = (effect: string): fc.Arbitrary<Statement> =>
  fc
    .tuple(
      either('Principal', principal, 1),
      either('Action', actions, 1),
      either('Resource', resources, 1),
      conditionBlock,
    )
    .map((parts) => Object.assign({ Effect: effect }, ...parts));
export const allow = statement('Allow');
export const deny = statement('Deny');
export const statements = fc
  .tuple(fc.array(allow, { minLength: 1, maxLength: 2 }), fc.array(deny, { maxLength: 3 }))
  .map(([allows, denies]) => [...allows, ...denies]);
