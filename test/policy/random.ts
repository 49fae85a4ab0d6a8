import type { Trust } from '../../src/policy/trust.ts';
import { trusts } from './approvals.ts';
import { bucket, type Statement } from './arbitraries.ts';

/** A policy and a trust, the same for the same seed. Quicker than fast-check, for millions. */
export interface Case {
  readonly seed: number;
  readonly statements: readonly Statement[];
  readonly trust: Trust;
}

// https://github.com/bryc/code/blob/master/jshash/PRNGs.md, mulberry32 (public domain).
export function randomNumbers(seed: number): () => number {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const owner = '$'.concat('{aws:ResourceAccount}');
const [A, X] = ['arn:aws:iam::111122223333', 'arn:aws:iam::444455556666'];
const principals = [
  '*',
  `${A}:root`,
  `${X}:root`,
  '444455556666',
  `${X}:role/Etl`,
  `${A}:role/Etl`,
  `${X}:user/111122223333`,
  '123456789012',
];
const services = ['cloudtrail.amazonaws.com', 'lambda.amazonaws.com'];
const actions = [
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
const resources = [
  '*',
  '*',
  `${bucket.arn}*`,
  bucket.arn,
  `${bucket.arn}/*`,
  `${bucket.arn}/private/*`,
  `${bucket.arn}/public/?`,
  'arn:aws:s3:::other/*',
];
const accounts = ['111122223333', '444455556666', '1111*', '123456789012', 'anonymous', '*', owner];
const organizations = ['o-exampleorg', 'o-strangers1', 'o-*', 'o-exampleorg*'];
const text = [
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
const arn = [
  'ArnLike',
  'ArnNotLike',
  'ArnEquals',
  'StringLike',
  'StringNotLike',
  'ArnLikeIfExists',
];
const booleans = ['Bool', 'Bool', 'BoolIfExists', 'StringEquals'];

/** Key, operators, values. */
const conditions: readonly (readonly [string, readonly string[], readonly string[]])[] = [
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
    ['o-exampleorg/*', 'o-exampleorg*', 'o-strangers1/*', 'o-exampleorg/r-1/*', '*'],
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

export function randomCase(seed: number): Case {
  const next = randomNumbers(seed);
  const chance = (p: number): boolean => next() < p;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const some = <T>(list: readonly T[]): T | readonly T[] =>
    chance(0.6) ? pick(list) : chance(0.5) ? [pick(list)] : [pick(list), pick(list)];
  const principal = (): unknown => {
    if (chance(0.4)) return '*';
    if (chance(0.6)) return { AWS: some(principals) };
    return chance(0.7)
      ? { Service: some(services) }
      : { AWS: pick(principals), Service: pick(services) };
  };
  const element = (name: string, value: () => unknown) => {
    if (chance(0.92)) return { [name]: value() };
    let spared = value();
    // Nobody writes "all but everyone".
    while (JSON.stringify(spared).includes('"*"')) spared = value();
    return { [`Not${name}`]: spared };
  };
  const condition = (): Record<string, unknown> => {
    const block: Record<string, Record<string, unknown>> = {};
    for (let left = Math.floor(next() * 3.5); left > 0; left--) {
      const [key, operators, values] = pick(conditions);
      const operator = pick(operators);
      block[operator] = { ...block[operator], [key]: some(values) };
    }
    return Object.keys(block).length === 0 ? {} : { Condition: block };
  };
  const statement = (Effect: string): Statement => ({
    Effect,
    ...element('Principal', principal),
    ...element('Action', () => some(actions)),
    ...element('Resource', () => some(resources)),
    ...condition(),
  });
  const allows = Array.from({ length: chance(0.5) ? 1 : 2 }, () => statement('Allow'));
  const denies = Array.from({ length: Math.floor(next() * 4) }, () => statement('Deny'));
  return { seed, statements: [...allows, ...denies], trust: pick(trusts) };
}
