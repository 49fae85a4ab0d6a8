import { describe, expect, it } from 'vitest';
import type { ManagementEvents, Recorded, Trail } from '../../src/facts/trails.ts';
import { awsManagedPolicies } from '../../src/knowledge/policies/aws-managed.ts';
import { askingForNetwork, outside } from '../../src/knowledge/policies/perimeter.ts';
import { reviewAhead } from '../../src/knowledge/policies/policy-review.ts';
import { sparesOnly } from '../../src/knowledge/policies/refusal.ts';
import { headersOf, withOtherKeys } from '../../src/knowledge/policies/upload-encryption.ts';
import {
  deliveryLackOf,
  logGroupLackOf,
  managementLackOf,
} from '../../src/knowledge/watching/trail-delivery.ts';
import { bucket } from '../describe-rule.ts';
import { policyOf, trail } from '../facet-values.ts';

const VARIABLE = ['$', '{aws:username}'].join('');
const now = '2026-03-02T12:00:00.000Z';
const day = (month: number, of: number) =>
  `2026-${String(month).padStart(2, '0')}-${String(of).padStart(2, '0')}T08:30:00.000Z`;

const deny = (Condition: object, Effect = 'Deny') => ({
  ...{ Effect, Principal: '*', Action: 's3:*', Resource: '*' },
  Condition,
});
function conditionOf(operator: string, key: string, value: unknown) {
  const [condition] =
    policyOf(deny({ [operator]: { [key]: value } })).statements[0]?.conditions ?? [];
  if (condition === undefined) throw new Error('The statement has no condition.');
  return condition;
}

describe('a trail', () => {
  it.each<[Recorded, Recorded, string | null]>([
    ['all', 'all', null],
    ['none', 'none', 'records no management events'],
    ['none', 'all', 'records no management events that read'],
    ['all', 'none', 'records no management events that write'],
    ['some', 'none', 'records no management events that write'],
    ['some', 'all', 'records only a choice of management events'],
    ['all', 'some', 'records only a choice of management events'],
    [{ allBut: ['kms.amazonaws.com'] }, 'all', 'leaves out management events of kms.amazonaws.com'],
    [
      'all',
      { allBut: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] },
      'leaves out management events of kms.amazonaws.com and rdsdata.amazonaws.com',
    ],
  ])('that records %j of what reads, %j of what writes', (reads, writes, lack) => {
    const management: ManagementEvents = { reads, writes };
    expect(managementLackOf(trail({ management: { value: management } }))).toBe(lack);
  });

  const status = (at: string | null, digest: string | null, error: string | null = null) => ({
    value: {
      isLogging: true,
      logFiles: { at, error },
      digestFiles: { at: digest, error: null },
    },
  });
  const fresh = day(3, 2);
  it.each<[string, Partial<Trail>, string | null]>([
    ['delivers', { status: status(fresh, fresh) }, null],
    ['has no file yet', { status: status(null, fresh) }, 'has delivered no log file yet'],
    ['has no digest yet', { status: status(fresh, null) }, 'has delivered no digest file yet'],
    ['validates nothing', { status: status(fresh, null), validatesLogFiles: false }, null],
    [
      'delivered long ago',
      { status: status(day(2, 27), fresh) },
      'delivered no log file since 2026-02-27T08:30Z',
    ],
    [
      'delivers in time to come',
      { status: status(day(3, 4), fresh) },
      'says that it delivered a log file at 2026-03-04T08:30Z, which is ahead',
    ],
    [
      'is refused',
      { status: status(fresh, fresh, 'AccessDenied') },
      'cannot deliver log files (AccessDenied)',
    ],
  ])('%s', (_, given, lack) => {
    const demands = { requireValidation: true, maximumDeliveryLagHours: 24, now };
    const watched = trail({ validatesLogFiles: true, ...given });
    expect(deliveryLackOf(watched, demands)).toBe(lack);
  });

  it.each([
    [null, null, null],
    [fresh, null, null],
    [fresh, 'x', 'fails to write to its log group'],
    [day(2, 27), null, 'has written nothing to its log group since 2026-02-27T08:30Z'],
    [day(3, 4), null, 'says that it wrote to its log group at 2026-03-04T08:30Z, which is ahead'],
  ])('that wrote to its log group at %s with the error %s', (deliveredAt, deliveryError, lack) => {
    const group = { deliveredAt, deliveryError } as Parameters<typeof logGroupLackOf>[0];
    expect(logGroupLackOf(group, { maximumDeliveryLagHours: 24, now })).toBe(lack);
  });
});

describe('a denial that spares approved values', () => {
  it.each([
    ['one that is approved', 'StringNotEquals', 'a', true],
    ['several that are', 'StringNotEquals', ['a', 'b'], true],
    ['one that is not', 'StringNotEquals', ['a', 'c'], false],
    ['none', 'StringNotEquals', [], false],
    ['a variable', 'StringNotEquals', VARIABLE, false],
    ['what it does not negate', 'StringEquals', 'a', false],
    ['any of a set', 'ForAnyValue:StringNotEquals', 'a', false],
    ['another comparison', 'NumericNotEquals', '1', false],
    ['what is not known', 'StringKindOf', 'a', false],
  ])('%s', (_, operator, value, spares) => {
    const condition = conditionOf(operator, 'aws:SourceVpc', value);
    const approves = (each: string) => ['a', 'b', '1', VARIABLE].includes(each);
    expect(sparesOnly(condition, ['equals', 'like'], approves)).toBe(spares);
  });
});

describe('the perimeter', () => {
  const truth = outside(
    {
      vpcEndpoints: ['vpce-1'],
      vpcs: ['vpc-1'],
      cidrs: ['10.0.0.0/8', '2001:db8::/32', '192.0.2.7'],
      organizations: ['o-1'],
    },
    bucket,
    { withoutServices: true, anonymous: false },
  );
  it.each([
    ['10.0.0.0/8', 1],
    ['10.20.0.0/16', 1],
    ['10.20.30.40', 1],
    ['10.0.0.0/7', -1],
    ['11.0.0.0/16', -1],
    ['0.0.0.0/0', -1],
    ['192.0.2.7', 1],
    ['192.0.2.7/32', 1],
    ['192.0.2.0/24', -1],
    ['2001:db8:1::/48', 1],
    ['2001:db8::1', 1],
    ['2001:db8::/16', -1],
    ['10.0.0.0/8 ', -1],
    ['x10.0.0.1', -1],
    [['10.0.0.0/8', '11.0.0.0/8'], -1],
  ])('spares the addresses %j', (block, expected) => {
    expect(truth(conditionOf('NotIpAddress', 'aws:SourceIp', block))).toBe(expected);
  });

  it('counts no denial that asks only who calls', () => {
    const byCaller = deny({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } });
    const both = deny({
      StringNotEquals: { 'aws:PrincipalOrgID': 'o-1', 'aws:SourceVpc': 'vpc-1' },
    });
    const allow = deny({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, 'Allow');
    const other = deny({ Bool: { 'aws:SecureTransport': 'false' } });
    const { statements } = askingForNetwork(policyOf(byCaller, both, allow, other));
    expect(statements.map(({ effect, conditions }) => `${effect} ${conditions.length}`)).toEqual([
      'Deny 2',
      'Allow 1',
      'Deny 1',
    ]);
  });
});

describe('a review with a date ahead', () => {
  const review = (at: string, policySha256 = 'a') => ({
    arn: bucket.arn,
    policySha256,
    reviewer: 'r',
    at,
  });
  const ahead = (...reviews: ReturnType<typeof review>[]) =>
    reviewAhead(reviews, bucket.arn, 'a', '2026-06-15T23:00:00.000Z')?.at;
  it('is the nearest of this policy, in whatever order they stand', () => {
    expect(ahead(review('2026-06-17'), review('2026-06-16'), review('2026-06-18'))).toBe(
      '2026-06-16',
    );
    expect(ahead(review('2026-06-16', 'b'))).toBeUndefined();
    expect(ahead(review('2026-06-15'))).toBeUndefined();
    expect(ahead()).toBeUndefined();
  });
});

describe('an upload with a key that is not approved', () => {
  const KEY = 's3:x-amz-server-side-encryption-aws-kms-key-id';
  const approved = `arn:aws:kms:eu-central-1:${bucket.account}:key/1`;
  const [upload, without] = withOtherKeys;
  const truth = headersOf(upload as never, bucket, [approved], new Map());
  it.each([
    ['a denial that spares the approved key', 'StringNotEquals', KEY, approved, 1],
    ['one that spares another key as well', 'StringNotEquals', KEY, [approved, `${approved}2`], -1],
    ['one of uploads without a key', 'Null', KEY, 'true', -1],
    ['one of uploads with a key', 'Null', KEY, 'false', 1],
    [
      'one of another algorithm',
      'StringNotEquals',
      's3:x-amz-server-side-encryption',
      'aws:kms',
      -1,
    ],
    ['a condition on something else', 'StringNotEquals', 'aws:SourceVpc', 'vpc-1', null],
  ])('%s', (_, operator, key, value, expected) => {
    expect(truth(conditionOf(operator, key, value))).toBe(expected);
  });

  it('has no key where the header is not there', () => {
    const absent = headersOf(without as never, bucket, [approved], new Map());
    expect(absent(conditionOf('Null', KEY, 'true'))).toBe(1);
    expect(absent(conditionOf('Null', KEY, 'false'))).toBe(-1);
  });
});

describe('policies that AWS manages', () => {
  const known = (name: string, ...actions: string[]) => {
    const { known: found, unknown } = awsManagedPolicies([name], actions);
    return [found.length, unknown.length];
  };
  it.each([
    ['AmazonS3FullAccess', ['s3:PutObject'], [1, 0]],
    ['AmazonS3ReadOnlyAccess', ['s3:GetObject'], [1, 0]],
    // The table lists what changes something or reads content; of a policy with such entries it says nothing else.
    ['AmazonS3ReadOnlyAccess', ['s3:GetBucketLocation'], [1, 1]],
    ['AmazonS3ReadOnlyAccess', ['s3:GetObject', 's3:GetBucketLocation'], [1, 1]],
    ['AmazonS3FullAccess', ['s3:GetBucketLocation'], [1, 0]],
    ['AmazonS3ReadOnlyAccess', ['s3:*'], [1, 0]],
    ['NoSuchPolicy', ['s3:PutObject'], [0, 1]],
  ])('%s, asked of %j', (name, actions, counts) => {
    expect(known(name, ...actions)).toEqual(counts);
  });
});
