import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/language/document.ts';
import { unscopedGrants } from '../../src/policy/questions/grants.ts';
import { admitted, publicStatements } from '../../src/policy/questions/public.ts';
import { bucket } from './words.ts';

interface Case {
  readonly description: string;
  readonly policy: object;
  /** Indexes of the public statements. */
  readonly public: readonly number[];
  readonly why: string;
}

const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL('public-cases.json', import.meta.url), 'utf8'),
);
const parse = (policy: object) => parsePolicy(JSON.stringify(policy));
const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: `${bucket.arn}/*` };

describe('public, as S3 defines it', () => {
  it.each(cases.map((one) => [one.description, one] as const))('%s', (_, one) => {
    const found = publicStatements(parse(one.policy), bucket);
    expect(found.map(({ statement }) => statement)).toEqual(one.public);
    for (const { why, fix } of found) expect(why.length * fix.length).toBeGreaterThan(0);
  });

  it('says which principal, why, and what to do', () => {
    const Condition = { StringLike: { 'aws:PrincipalOrgID': 'o-*' } };
    const Principal = { AWS: ['444455556666', '*'] };
    const policy = parse({ Statement: { ...read, Sid: 'Org', Principal, Condition } });
    expect(publicStatements(policy, bucket)).toEqual([
      {
        statement: 0,
        sid: '"Org"',
        principal: '*',
        why: 'StringLike aws:PrincipalOrgID "o-*" contains a wildcard',
        fix: 'require the key with StringEquals and fixed values only',
      },
    ]);
  });
});

describe('under RestrictPublicBuckets', () => {
  const trust = {
    accounts: [],
    organizations: [],
    organizationPaths: [],
    services: [],
    canonicalUsers: [],
    requireSourceGuard: true,
  };
  const open = (restricted: boolean, ...Statement: object[]) => {
    const policy = parse({ Statement });
    const who = admitted(policy, bucket, restricted);
    return unscopedGrants(policy, bucket, trust, who).map(({ caller }) => caller);
  };
  const foreign = { ...read, Principal: { AWS: '444455556666' } };
  const everyAccount = { ...read, Principal: { AWS: '*' } };

  it('a public policy leaves only services, even where accounts are fixed', () => {
    const policy = [foreign, { ...read, Principal: '*' }];
    expect(open(false, ...policy)).toEqual(['account 444455556666', 'anyone']);
    expect(open(true, ...policy)).toEqual(['an AWS service on behalf of any AWS customer']);
    const limited = {
      ...everyAccount,
      Condition: { Bool: { 'aws:PrincipalIsAWSService': false } },
    };
    expect(open(true, foreign, limited)).toEqual([]);
  });

  it('a policy that is not public stays as it is', () => {
    expect(open(true, foreign)).toEqual(['account 444455556666']);
    expect(open(true, { ...read, Principal: { Service: 'sns.amazonaws.com' } })).toEqual([
      'sns.amazonaws.com, which is not approved,',
    ]);
  });
});
