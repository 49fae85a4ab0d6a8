import { describe, expect, it } from 'vitest';
import { s3Actions } from '../../src/policy/language/actions.ts';
import { parsePolicy } from '../../src/policy/language/document.ts';
import { orphanedPrincipals, unscopedGrants } from '../../src/policy/questions/grants.ts';
import { grantees } from '../../src/policy/questions/services.ts';
import { trust } from './trust.ts';

const bucket = { arn: 'arn:aws:s3:::example-bucket', account: '123456789012' };
const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: `${bucket.arn}/*` };
const parse = (...Statement: object[]) =>
  parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }));
const explain = (...statements: object[]) => unscopedGrants(parse(...statements), bucket, trust);

describe('a witness', () => {
  it('says who, what, by which statement, and what to do', () => {
    expect(explain({ ...read, Sid: 'ReadAll', Principal: '*' })).toEqual([
      {
        statement: 0,
        sid: '"ReadAll"',
        caller: 'anyone',
        principal: '*',
        action: 's3:GetObject',
        resource: 'arn:aws:s3:::example-bucket/*',
        keys: {},
        condition: null,
        reason: 'anonymous',
        fix: 'name the trusted accounts in Principal, or require aws:PrincipalOrgID with StringEquals',
      },
    ]);
  });

  it('shows an object before the bucket, and reading before all else', () => {
    const Resource = [bucket.arn, `${bucket.arn}/b/*`, `${bucket.arn}/a/*`];
    const [witness] = explain({ ...read, Principal: '*', Action: 's3:*', Resource });
    expect(witness).toMatchObject({ action: 's3:GetObject', resource: `${bucket.arn}/b/*` });
    const [listing] = explain({ ...read, Principal: '*', Action: 's3:*', Resource: bucket.arn });
    expect(listing).toMatchObject({ action: 's3:ListBucket', resource: bucket.arn });
  });

  it('comes once for each open statement', () => {
    const foreign = { AWS: ['arn:aws:iam::444455556666:role/A', '555566667777'] };
    const witnesses = explain(
      { ...read, Principal: foreign },
      { ...read, Principal: { AWS: '111122223333' } },
      { ...read, Principal: { Service: 'cloudtrail.amazonaws.com' } },
    );
    expect(witnesses.map(({ sid, caller, principal }) => [sid, caller, principal])).toEqual([
      ['#1', 'account 444455556666', 'arn:aws:iam::444455556666:role/A'],
      ['#3', 'cloudtrail.amazonaws.com on behalf of any AWS customer', 'cloudtrail.amazonaws.com'],
    ]);
  });

  it.each<[string, string, string, string]>([
    ['StringEquals', 'aws:SourceAccount', '111122223333', 'an AWS service, which is not approved,'],
    ['StringEquals', 'aws:SourceOrgID', 'o-exampleorg', 'an AWS service, which is not approved,'],
    [
      'ArnLike',
      'aws:SourceArn',
      'arn:aws:sns:*:111122223333:*',
      'an AWS service, which is not approved,',
    ],
    [
      'StringEquals',
      'aws:SourceAccount',
      '999988887777',
      'an AWS service on behalf of any AWS customer',
    ],
    ['StringLike', 'aws:SourceOrgID', 'o-*', 'an AWS service on behalf of any AWS customer'],
    ['Bool', 'aws:PrincipalIsAWSService', 'true', 'an AWS service on behalf of any AWS customer'],
  ])('says for whom any service acts: %s %s %s', (operator, key, value, caller) => {
    const Condition = { [operator]: { [key]: value } };
    const [witness] = explain({ ...read, Principal: '*', Condition });
    expect(witness?.caller).toBe(caller);
  });

  it.each<[string, Record<string, unknown>, Record<string, string>]>([
    [
      'ArnLike',
      { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Admin' },
      { 'aws:PrincipalArn': 'arn:aws:iam::999988887777:role/Admin' },
    ],
    [
      'StringLike',
      { 'aws:PrincipalArn': 'arn:*:111122223333:role/*' },
      { 'aws:PrincipalArn': 'arn:aws:iam::999988887777:role/:111122223333:role/x' },
    ],
    ['StringLike', { 'aws:PrincipalAccount': '1111*' }, { 'aws:PrincipalAccount': '111100000000' }],
    [
      'StringLike',
      { 'aws:PrincipalOrgID': 'o-exampleorg*' },
      { 'aws:PrincipalOrgID': 'o-exampleorgstranger00' },
    ],
    ['IpAddress', { 'aws:SourceIp': '203.0.113.0/24' }, { 'aws:SourceIp': '203.0.113.0' }],
    ['StringLike', { 'aws:UserAgent': 'me/?*' }, { 'aws:UserAgent': 'me/0' }],
    [
      'ArnLike',
      { 's3:DataAccessPointArn': 'arn:aws:s3:*:*:accesspoint/*' },
      { 's3:DataAccessPointArn': 'arn:aws:s3:region:999988887777:accesspoint/stranger' },
    ],
    [
      'StringLike',
      { 's3:DataAccessPointArn': '*accesspoint/ours' },
      { 's3:DataAccessPointArn': 'arn:aws:s3:region:999988887777:accesspoint/accesspoint/ours' },
    ],
    ['StringLike', { 'aws:userid': 'AROA*:me' }, { 'aws:userid': 'AROAx:me' }],
    [
      'ForAnyValue:StringLike',
      { 'aws:PrincipalOrgPaths': 'o-*/r-1/ou-2/*' },
      { 'aws:PrincipalOrgPaths': 'o-stranger00/r-1/ou-2/' },
    ],
    [
      'ForAnyValue:StringLike',
      { 'aws:PrincipalOrgPaths': 'o-a*' },
      { 'aws:PrincipalOrgPaths': 'o-astranger00/r-0000/ou-0000-00000000/' },
    ],
    [
      'StringLike',
      { 'aws:PrincipalOrgID': ['o-exampleorg', 'o-x?'] },
      { 'aws:PrincipalOrgID': 'o-x0' },
    ],
    ['StringEquals', { 'aws:UserAgent': 'me' }, { 'aws:UserAgent': 'me' }],
  ])('has values that pass %s %j', (operator, block, expected) => {
    const [witness] = explain({ ...read, Principal: '*', Condition: { [operator]: block } });
    expect(witness?.keys).toMatchObject(expected);
    const [key = '', values] = Object.entries(block)[0] ?? [];
    const shown = [values].flat().map((value) => JSON.stringify(value));
    expect(witness?.condition).toBe(`${operator} ${key} ${shown.join(', ')}`);
  });

  it.each<[string, string, string, string]>([
    ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24', '198.51.100.1'],
    ['NotIpAddress', 'aws:SourceIp', '198.51.100.0/24', '192.0.2.1'],
    ['StringNotEquals', 'aws:UserAgent', 'me', 'another-value'],
    ['StringNotEquals', 's3:DataAccessPointAccount', '111122223333', '999988887777'],
    ['StringNotLike', 'aws:PrincipalAccount', '9999*', 'anonymous'],
    ['StringNotEquals', 'aws:PrincipalOrgID', 'o-stranger00', 'o-stranger01'],
  ])('has a value that passes where the key has to be there: %s %s %s', (operator, key, value, expected) => {
    const Condition = { [operator]: { [key]: value }, Null: { [key]: 'false' } };
    const [witness] = explain({ ...read, Principal: '*', Condition });
    expect(witness?.keys[key]).toBe(expected);
  });

  /** IAM User Guide, "AWS global condition context keys", aws:SourceArn: the ARN of a bucket has no account. */
  it.each<[string, string, string]>([
    ['ArnLike', 'arn:aws:s3:::*', 'arn:aws:s3:::strange-bucket'],
    ['ArnLike', 'arn:aws:s3:::source-*', 'arn:aws:s3:::source-x'],
    ['StringLike', '*:trail/*', 'arn:aws:service:region:999988887777::trail/x'],
    ['ArnLike', 'arn:aws:cloudtrail:*:*:trail/t', 'arn:aws:cloudtrail:x:999988887777:trail/t'],
  ])('of a service has a source that passes %s %s', (operator, value, expected) => {
    const [witness] = explain({
      ...{ ...read, Principal: { Service: 'cloudtrail.amazonaws.com' } },
      Condition: { [operator]: { 'aws:SourceArn': value } },
    });
    expect(witness?.keys).toEqual({
      ...{ 'aws:PrincipalServiceName': 'cloudtrail.amazonaws.com', 'aws:SourceArn': expected },
    });
  });

  it('says what is beyond an approval, for the grantee it limits', () => {
    const role = 'arn:aws:iam::111122223333:role/Etl';
    const limited = { ...trust, grants: [{ principal: role, actions: ['s3:GetObject'] }] };
    const statement = { ...read, Action: 's3:*Object', Principal: { AWS: '111122223333' } };
    const [witness] = unscopedGrants(parse(statement), bucket, limited);
    expect(witness).toMatchObject({
      caller: role,
      principal: '111122223333',
      action: 's3:PutObject',
      reason: 'beyondGrant',
      fix: 'narrow the actions and resources to what is approved for the grantee',
    });
    const forbidding = { ...trust, forbiddenActions: ['s3:Delete*'] };
    expect(unscopedGrants(parse(statement), bucket, forbidding)).toMatchObject([
      { caller: 'account 111122223333', action: 's3:DeleteObject', reason: 'forbiddenAction' },
    ]);
  });

  it('does not invent a stranger that the policy mentions', () => {
    const [witness] = explain(
      { ...read, Principal: '*', Condition: { Null: { 'aws:PrincipalArn': 'false' } } },
      { ...read, Effect: 'Deny', Principal: { AWS: '999988887777' } },
    );
    expect(witness?.keys['aws:PrincipalAccount']).toBe('999988887776');
  });
});

it('services and accounts granted an action are listed once', () => {
  const policy = parse(
    {
      ...read,
      Principal: { Service: ['logging.s3.amazonaws.com', 'cloudtrail.amazonaws.com'] },
      Action: 's3:Put*',
    },
    { ...read, Principal: { Service: 'logging.s3.amazonaws.com' }, Action: 'S3:PUTOBJECT' },
    { ...read, Principal: { Service: 'lambda.amazonaws.com' } },
    { ...read, Effect: 'Deny', Principal: { Service: 'sns.amazonaws.com' }, Action: '*' },
    { ...read, Principal: { AWS: '127311923021' }, Action: 's3:PutObject' },
    { ...read, Principal: '*', Action: '*' },
  );
  const expected = ['logging.s3.amazonaws.com', 'cloudtrail.amazonaws.com', '127311923021'];
  expect(grantees(policy, 's3:PutObject').map(({ text }) => text)).toEqual(expected);
});

it('deleted principals are dead grants, listed apart', () => {
  const policy = parse({
    ...read,
    Sid: 'Old',
    Principal: { AWS: ['AIDAEXAMPLEID1234', '111122223333'] },
  });
  expect(unscopedGrants(policy, bucket, trust)).toEqual([]);
  expect(orphanedPrincipals(policy)).toEqual([
    { statement: 0, sid: '"Old"', principal: 'AIDAEXAMPLEID1234' },
  ]);
});

it('the action table is whole', () => {
  expect(s3Actions.bucket.length + s3Actions.object.length + s3Actions.other.length).toBe(182);
  expect(s3Actions.object).toContain('s3:GetObject');
  expect(s3Actions.bucket).toContain('s3:ListBucket');
});
