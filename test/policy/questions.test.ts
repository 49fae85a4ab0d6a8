import { describe, expect, it } from 'vitest';
import { parseIdentityPolicy, parsePolicy } from '../../src/policy/language/document.ts';
import { undenied } from '../../src/policy/questions/denials.ts';
import { Everywhere, type scopeOf } from '../../src/policy/questions/everywhere.ts';
import { unscopedGrants } from '../../src/policy/questions/grants.ts';
import { broadGrant, grantsS3 } from '../../src/policy/questions/identity.ts';
import { publicStatements } from '../../src/policy/questions/public.ts';
import { grantees } from '../../src/policy/questions/services.ts';
import type { Trust } from '../../src/policy/requests/trust.ts';

const OWNER = '123456789012';
const [TRUSTED, STRANGER] = ['111122223333', '999988887777'];
const bucket = { arn: 'arn:aws:s3:::example-bucket', account: OWNER };
const variable = (name: string) => `$${'{'}${name}}`;
const nobody: Trust = {
  ...{ accounts: [], organizations: [], organizationPaths: [], services: [], canonicalUsers: [] },
  requireSourceGuard: true,
};
const parse = (...statements: object[]) =>
  parsePolicy(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: statements.map((each) => ({
        Effect: 'Allow',
        Action: 's3:*',
        Resource: '*',
        ...each,
      })),
    }),
  );
const everyone = { Principal: '*' };
const when = (operator: string, key: string, value: unknown) => ({
  Condition: { [operator]: { [key]: value } },
});

describe('who is let in beyond the trust', () => {
  const OAI = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1';
  const canonical = 'c0ffee99998888';
  const role = `arn:aws:iam::${TRUSTED}:role/r`;
  const paths = (value: string) => when('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', value);
  const organization = when('StringEquals', 'aws:PrincipalOrgID', 'o-a1');
  it.each<[string, Partial<Trust>, object[], readonly string[]]>([
    [
      'not the owner, though listed among the trusted, by a forbidden action',
      { accounts: [OWNER], forbiddenActions: ['s3:Put*'] },
      [{ Principal: { AWS: OWNER } }],
      [],
    ],
    [
      'not the owner under a condition, though listed among the trusted, by a forbidden action',
      { accounts: [OWNER], forbiddenActions: ['s3:Put*'] },
      [{ ...everyone, ...when('StringEquals', 'aws:PrincipalAccount', OWNER) }],
      [],
    ],
    [
      'not the owner under a condition, beyond a grant',
      { grants: [{ principal: OWNER, actions: ['s3:Get*'] }] },
      [{ ...everyone, ...when('StringEquals', 'aws:PrincipalAccount', OWNER) }],
      [],
    ],
    [
      'not the owner beyond a grant',
      { grants: [{ principal: OWNER, actions: ['s3:Get*'] }] },
      [{ Principal: { AWS: OWNER } }],
      [],
    ],
    [
      'not a role of the owner beyond a grant to the owner',
      { grants: [{ principal: `arn:aws:iam::${OWNER}:role/r`, actions: ['s3:Get*'] }] },
      [{ Principal: { AWS: `arn:aws:iam::${OWNER}:role/r` } }],
      [],
    ],
    [
      'not an approved user, who is of no account that a grant limits',
      { canonicalUsers: [canonical], grants: [{ principal: TRUSTED, actions: ['s3:Get*'] }] },
      [{ Principal: { CanonicalUser: canonical } }],
      [],
    ],
    [
      'an approved user where a condition places it in such an account',
      {
        accounts: [TRUSTED],
        canonicalUsers: [canonical],
        grants: [{ principal: TRUSTED, actions: ['s3:Get*'] }],
      },
      [
        {
          Principal: { CanonicalUser: canonical },
          ...when('StringEquals', 'aws:PrincipalAccount', TRUSTED),
        },
      ],
      [`beyondGrant account ${TRUSTED}`],
    ],
    [
      'an approved user by a forbidden action',
      { canonicalUsers: [canonical], forbiddenActions: ['s3:Put*'] },
      [{ Principal: { CanonicalUser: canonical } }],
      ['forbiddenAction any AWS account'],
    ],
    [
      'an approved identity by a forbidden action',
      { canonicalUsers: ['E1'], forbiddenActions: ['s3:Put*'] },
      [{ Principal: { AWS: OAI } }],
      ['forbiddenAction any AWS account'],
    ],
    [
      'not an approved identity by an action that is not forbidden',
      { canonicalUsers: ['E1'], forbiddenActions: ['s3:Put*'] },
      [{ Principal: { AWS: OAI }, Action: 's3:GetObject' }],
      [],
    ],
    [
      'not an approved identity that is a user of a grant to another',
      { canonicalUsers: ['E1'], accounts: [TRUSTED], grants: [{ principal: role, actions: [] }] },
      [{ Principal: { AWS: OAI } }],
      [],
    ],
    [
      'a user who is not approved, and may be of an account that a grant limits',
      { accounts: [TRUSTED], grants: [{ principal: TRUSTED, actions: ['s3:Get*'] }] },
      [{ Principal: { CanonicalUser: canonical } }],
      ['canonicalUser any AWS account'],
    ],
    [
      'a member of a trusted organization by a forbidden action',
      { organizations: ['o-a1'], forbiddenActions: ['s3:PutBucketPolicy'] },
      [{ ...everyone, ...organization }],
      ['forbiddenAction any account of organization o-a1'],
    ],
    [
      'a member of a trusted path by a forbidden action',
      { organizationPaths: ['o-a1/r-1/*'], forbiddenActions: ['s3:PutBucketPolicy'] },
      [{ ...everyone, ...paths('o-a1/r-1/*') }],
      ['forbiddenAction any account of organization o-a1'],
    ],
    [
      'not a member of a trusted path otherwise',
      { organizationPaths: ['o-a1/r-1/*'] },
      [{ ...everyone, ...paths('o-a1/r-1/*') }],
      [],
    ],
    [
      'a member of the same organization elsewhere',
      { organizationPaths: ['o-a1/r-1/*'] },
      [{ ...everyone, ...organization }],
      ['foreignOrganization any account of organization o-a1'],
    ],
    [
      'not a member of no organization, where members of every organization are left out',
      {},
      [
        { ...everyone, ...when('StringNotLike', 'aws:PrincipalOrgID', 'o-*') },
        { Effect: 'Deny', ...everyone, ...when('Null', 'aws:PrincipalOrgID', 'true') },
      ],
      [],
    ],
    [
      'not a provider of the own account',
      {},
      [{ Principal: { Federated: `arn:aws:iam::${OWNER}:saml-provider/p` } }],
      [],
    ],
    [
      'a provider of another account',
      {},
      [{ Principal: { Federated: `arn:aws:iam::${STRANGER}:saml-provider/p` } }],
      [`federated account ${STRANGER}`],
    ],
    [
      'any account, but no one without one, where a denial spares a user by NotPrincipal',
      {},
      [
        everyone,
        { Effect: 'Deny', NotPrincipal: { CanonicalUser: canonical }, Principal: undefined },
      ],
      ['anyAccount any AWS account'],
    ],
    [
      'a service by its own name, which a denial for every account may not reach',
      {},
      [
        { Principal: { AWS: '*', Service: 'a.amazonaws.com' } },
        { Effect: 'Deny', Principal: { AWS: '*' } },
      ],
      ['untrustedService a.amazonaws.com, which is not approved,'],
    ],
    [
      'not a service that a denial for everyone stops',
      {},
      [{ Principal: { AWS: '*', Service: 'a.amazonaws.com' } }, { Effect: 'Deny', Principal: '*' }],
      [],
    ],
    [
      'not an account next to a service, where a denial for every account stops it',
      {},
      [{ Principal: { AWS: ['*', STRANGER] } }, { Effect: 'Deny', Principal: { AWS: '*' } }],
      [],
    ],
    [
      'a trusted service that acts for a stranger, by the ARN of a bucket, which has no account',
      { services: ['cloudtrail.amazonaws.com'] },
      [
        {
          Principal: { Service: 'cloudtrail.amazonaws.com' },
          Condition: {
            ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::source' },
            StringEquals: { 'aws:SourceAccount': STRANGER },
          },
        },
      ],
      ['serviceUnguarded cloudtrail.amazonaws.com on behalf of any AWS customer'],
    ],
    // Which of the keys about its source a service sets is up to it.
    ...(
      [
        ['an account alone', 'aws:SourceArn', 'StringEquals', 'aws:SourceAccount', STRANGER],
        [
          'an ARN alone',
          'aws:SourceAccount',
          'ArnLike',
          'aws:SourceArn',
          `arn:aws:x:y:${STRANGER}:z`,
        ],
        [
          'the ARN of a bucket alone',
          'aws:SourceAccount',
          'ArnLike',
          'aws:SourceArn',
          'arn:aws:s3:::x',
        ],
        ['an organization alone', 'aws:SourceOrgPaths', 'StringEquals', 'aws:SourceOrgID', 'o-b1'],
        [
          'a path alone',
          'aws:SourceOrgID',
          'ForAnyValue:StringLike',
          'aws:SourceOrgPaths',
          'o-b1/*',
        ],
      ] as const
    ).map(([what, missing, operator, key, value]): [string, Partial<Trust>, object[], string[]] => [
      `a trusted service that acts for a stranger, by ${what}`,
      { services: ['cloudtrail.amazonaws.com'] },
      [
        {
          Principal: { Service: 'cloudtrail.amazonaws.com' },
          Condition: { Null: { [missing]: 'true' }, [operator]: { [key]: value } },
        },
      ],
      ['serviceUnguarded cloudtrail.amazonaws.com on behalf of any AWS customer'],
    ]),
    ...['aws:userid', 'aws:PrincipalAccount', 'aws:PrincipalArn'].flatMap((key) =>
      ['true', 'false'].map((isAbsent): [string, Partial<Trust>, object[], string[]] => [
        `a service that has ${isAbsent === 'true' ? 'no' : 'some'} ${key}`,
        {},
        [{ Principal: { Service: 'a.amazonaws.com' }, ...when('Null', key, isAbsent) }],
        ['untrustedService a.amazonaws.com, which is not approved,'],
      ]),
    ),
    [
      'not a trusted service that acts for the owner by such an ARN',
      { services: ['cloudtrail.amazonaws.com'] },
      [
        {
          Principal: { Service: 'cloudtrail.amazonaws.com' },
          Condition: {
            ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::source' },
            StringEquals: { 'aws:SourceAccount': OWNER },
          },
        },
      ],
      [],
    ],
    [
      'not by an age between two that are denied, with three decimals',
      {},
      [
        everyone,
        ...[
          ['NumericLessThan', '1.125'],
          ['NumericGreaterThan', '1.125'],
          ['NumericEquals', '1.125'],
          ['Null', 'true'],
        ].map(([operator = '', value]) => ({
          ...{ Effect: 'Deny', ...everyone },
          ...when(operator, 's3:signatureAge', value),
        })),
      ],
      [],
    ],
    [
      'whoever one of two values of a variable may mean',
      {},
      [
        {
          ...everyone,
          ...when('StringEquals', 'aws:PrincipalOrgID', [variable('aws:PrincipalTag/o'), {}]),
        },
      ],
      ['anyAccount any AWS account'],
    ],
    [
      'a role by a star that crosses into its path',
      { accounts: [TRUSTED] },
      [
        {
          ...everyone,
          ...when('StringLike', 'aws:PrincipalArn', `arn:aws:iam:*:${TRUSTED}:role/*`),
        },
      ],
      ['anyAccount any AWS account'],
    ],
    [
      'not a role of which the account is written out',
      { accounts: [TRUSTED] },
      [{ ...everyone, ...when('ArnLike', 'aws:PrincipalArn', `arn:aws:iam:*:${TRUSTED}:role/*`) }],
      [],
    ],
    [
      'whoever sends a long text that a condition asks for, question marks and all',
      {},
      [
        { ...everyone, ...when('StringEquals', 'aws:UserAgent', `?${'a'.repeat(400)}`) },
        {
          Effect: 'Deny',
          ...everyone,
          ...when('StringNotEquals', 'aws:UserAgent', 'other'),
        },
      ],
      [],
    ],
  ])('is %s', (_, trust, statements, expected) => {
    const found = unscopedGrants(parse(...statements), bucket, { ...nobody, ...trust });
    expect(found.map(({ reason, caller }) => `${reason} ${caller}`)).toEqual(expected);
  });
});

describe('what denials leave open', () => {
  const http = { 'aws:SecureTransport': 'false' };
  const deny = { Effect: 'Deny', ...everyone };
  const but = (...NotAction: string[]) => ({ ...deny, Action: undefined, NotAction });
  const isHttp = { Bool: { 'aws:SecureTransport': 'false' } };
  const names = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:RestoreObject'];
  const reads = ['s3:PutObject', 's3:DeleteObject'];
  it.each<[string, object[], object, string | null]>([
    ['three actions', [but(...names.slice(0, 3))], {}, names.slice(0, 3).join(', ')],
    ['four', [but(...names)], {}, `${names.slice(0, 3).join(', ')} and 1 more action`],
    [
      'five',
      [but(...names, 's3:ReplicateTags')],
      {},
      `${names.slice(0, 3).join(', ')} and 2 more actions`,
    ],
    [
      'one of two that are asked about',
      [{ ...deny, Action: reads[0] }],
      { actions: reads },
      reads[1] ?? '',
    ],
    ['neither of two', [{ ...deny, Action: reads }], { actions: reads }, null],
    [
      'all, where no denial can meet both keys that are asked about',
      [{ ...deny, Condition: { ...isHttp, NumericLessThan: { 's3:TlsVersion': '1.0' } } }],
      { keys: { ...http, 's3:TlsVersion': '1.1' } },
      'any caller, because no statement denies them',
    ],
    [
      'nothing, where a denial meets both',
      [{ ...deny, Condition: { ...isHttp, NumericLessThan: { 's3:TlsVersion': '1.2' } } }],
      { keys: { ...http, 's3:TlsVersion': '1.1' } },
      null,
    ],
    [
      'who another condition exempts',
      [{ ...deny, Condition: { ...isHttp, StringEquals: { 'aws:UserAgent': 'x' } } }],
      { keys: http },
      'requests that another condition exempts',
    ],
    [
      'a folder outside of the one asked about',
      [{ ...deny, Resource: `${bucket.arn}/a/*` }],
      { actions: ['s3:PutObject'], objects: ['b/*'] },
      'some objects in the bucket',
    ],
    [
      'nothing within the folder asked about',
      [{ ...deny, Resource: `${bucket.arn}/a/*` }],
      { actions: ['s3:PutObject'], objects: ['a/b/*'] },
      null,
    ],
    [
      'what a denial with an unreadable exception may spare',
      [{ ...deny, Resource: undefined, NotResource: [{}, 'arn:aws:s3:::other'] }],
      { actions: ['s3:PutObject'] },
      'objects in the bucket',
    ],
    [
      'what a denial of unreadable actions may spare',
      [{ ...deny, Action: undefined, NotAction: [{}, 's3:ListBucket'] }],
      { actions: ['s3:PutObject'] },
      's3:PutObject',
    ],
    [
      'nothing of an action that is newer than the table, by a wildcard',
      [{ ...deny, Action: 's3:Quant*' }],
      { actions: ['s3:QuantizeObject'] },
      null,
    ],
    [
      'an action that is newer than the table',
      [{ ...deny, Action: ['s3:Put*', 's3:Get*'] }],
      { actions: ['s3:QuantizeObject', 's3:PutObject'] },
      's3:QuantizeObject',
    ],
    [
      'such an action, where it is an exception',
      [but('s3:Q*')],
      { actions: ['s3:QuantizeObject', 's3:PutObject'] },
      's3:QuantizeObject',
    ],
    ['nothing of it otherwise', [but('s3:R*')], { actions: ['s3:QuantizeObject'] }, null],
  ])('is %s', (_, statements, request, text) => {
    const gap = undenied(parse(...statements), bucket, request);
    expect(gap?.text ?? null).toBe(text);
  });
});

/** IAM User Guide, "AWS global condition context keys": aws:PrincipalServiceName, aws:PrincipalServiceNamesList. */
it.each<[string, object, readonly string[]]>([
  ['a service', { Principal: { Service: 's3.amazonaws.com' } }, ['s3.amazonaws.com']],
  [
    'a service that everyone has to be',
    { ...everyone, ...when('StringEquals', 'aws:PrincipalServiceName', 'a.amazonaws.com') },
    ['a.amazonaws.com'],
  ],
  [
    'services that every account has to be',
    {
      Principal: { AWS: '*' },
      ...when('ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', ['a.amazonaws.com', {}]),
    },
    ['a.amazonaws.com'],
  ],
  [
    'not a service that nobody may be',
    { ...everyone, ...when('StringNotEquals', 'aws:PrincipalServiceName', 'a.amazonaws.com') },
    [],
  ],
  [
    'not by an operator that does not exist',
    { ...everyone, ...when('StringIs', 'aws:PrincipalServiceName', 'a.amazonaws.com') },
    [],
  ],
  ['not by another key', { ...everyone, ...when('StringEquals', 'aws:SourceAccount', OWNER) }, []],
  [
    'an account, though it never is the service that is asked for',
    {
      Principal: { AWS: OWNER },
      ...when('StringEquals', 'aws:PrincipalServiceName', 'a.amazonaws.com'),
    },
    [OWNER],
  ],
  ['nobody by NotPrincipal', { Principal: undefined, NotPrincipal: { AWS: OWNER } }, []],
  ['nobody by a denial', { Effect: 'Deny', Principal: { AWS: OWNER } }, []],
])('who is named for an action: %s', (_, statement, expected) => {
  expect(grantees(parse(statement), 's3:PutObject').map(({ text }) => text)).toEqual(expected);
});

describe('what a statement of IAM grants on every bucket', () => {
  const identity = (...statements: object[]) =>
    parseIdentityPolicy(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: statements.map((each) => ({
          Effect: 'Allow',
          Action: 's3:*',
          Resource: '*',
          ...each,
        })),
      }),
    );
  const tag = (operator: string, value: unknown, key = 'aws:ResourceTag/team') =>
    when(operator, key, value);
  const reading = {
    Effect: 'Deny',
    Action: undefined,
    NotAction: ['s3:Get*', 's3:List*', 's3:Describe*'],
  };

  it.each<[string, object[], string, string | null]>([
    ['everything', [{}], 's3:*', 's3:* on *'],
    ['everything among others', [{ Action: ['iam:*', 's3:*'] }], 's3:*', 's3:* on *'],
    ['everything in all of AWS', [{ Action: '*' }], 's3:*', '* on *'],
    ['not everything by halves', [{ Action: ['s3:Get*', 's3:Put*'] }], 's3:*', null],
    ['a half, as the pattern spells it', [{ Action: 'S3:PUT*' }], 's3:Put*', 's3:Put* on *'],
    ['an action, as AWS spells it', [{ Action: 's3:putobject' }], 's3:Put*', 's3:PutObject on *'],
    ['nothing by a denial', [{ Effect: 'Deny' }], 's3:*', null],
    ['nothing where only reading is left', [{}, reading], 's3:*', null],
    [
      'all but one action',
      [{ Action: undefined, NotAction: 's3:PutObject' }],
      's3:*',
      'every action except s3:putobject on *',
    ],
    [
      'all but two resources',
      [{ Resource: undefined, NotResource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] }],
      's3:*',
      's3:* on everything except arn:aws:s3:::a and 1 more',
    ],
    ['nothing of what is all left out', [{ Resource: undefined, NotResource: '*' }], 's3:*', null],
    ['what has some tag', [tag('StringEquals', 'x')], 's3:*', null],
    ['what has a tag in a list', [tag('ForAnyValue:StringEquals', 'x')], 's3:*', null],
    ['what has a tag like', [tag('StringLike', 'x*')], 's3:*', null],
    ['what has a tag, in any case', [tag('StringEqualsIgnoreCase', 'x')], 's3:*', null],
    ['what has a tag of a bucket', [tag('StringEquals', 'x', 's3:BucketTag/a')], 's3:*', null],
    [
      'what has a tag of objects',
      [tag('StringEquals', 'x', 's3:ExistingObjectTag/a')],
      's3:*',
      null,
    ],
    ['everything, whatever the tag', [tag('StringLike', '*')], 's3:*', 's3:* on *'],
    ['everything, with some tag', [tag('StringLike', ['x', '?*'])], 's3:*', 's3:* on *'],
    ['everything, by a tag that cannot be read', [tag('StringEquals', [{}])], 's3:*', 's3:* on *'],
    ['everything without a tag', [tag('StringNotEquals', 'x')], 's3:*', 's3:* on *'],
    ['everything that may have no tag', [tag('StringEqualsIfExists', 'x')], 's3:*', 's3:* on *'],
    ['everything by no tag at all', [tag('ForAllValues:StringEquals', 'x')], 's3:*', 's3:* on *'],
    ['everything by an unknown operator', [tag('StringIs', 'x')], 's3:*', 's3:* on *'],
    ['everything by a flag', [tag('Bool', 'true')], 's3:*', 's3:* on *'],
    [
      'everything by a tag of the request',
      [tag('StringEquals', 'x', 'aws:RequestTag/a')],
      's3:*',
      's3:* on *',
    ],
  ])('is %s', (_, statements, pattern, expected) => {
    const found = broadGrant(identity(...statements), [pattern], 'aws');
    expect(found && `${found.action} on ${found.resource}`).toBe(expected);
  });

  it('says so where what it leaves out cannot be read', () => {
    const { Action: _, ...spared } = { ...everyone, Action: undefined, NotAction: [{}] };
    expect(broadGrant(parse({ ...spared, Action: undefined }), ['s3:*'], 'aws')?.action).toBe(
      'every action except entries that cannot be read',
    );
  });

  it('is everything where its actions cannot be read', () => {
    for (const Action of [{ Ref: 'A' }, []]) {
      const policy = parse({ ...everyone, Action });
      expect(broadGrant(policy, ['s3:*'], 'aws')?.resource).toBe('*');
      expect(grantsS3([policy], 'aws')).toBe(true);
      const denied = parse({ ...everyone }, { ...everyone, Effect: 'Deny', Action });
      expect(grantsS3([denied], 'aws')).toBe(true);
      const spared = { Effect: 'Deny', Action: undefined, NotAction: Action };
      expect(grantsS3([parse({ ...everyone }, { ...everyone, ...spared })], 'aws')).toBe(true);
    }
  });

  it.each<[string, object[], boolean]>([
    ['an action', [{ Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }], true],
    ['a new action', [{ Action: 's3:Quantize' }], true],
    ['an action of another service', [{ Action: 'iam:*' }], false],
    ['a resource of another service', [{ Resource: 'arn:aws:iam::*:role/*' }], false],
    ['a denial', [{ Effect: 'Deny' }], false],
    ['all resources but all', [{ Resource: undefined, NotResource: '*' }], false],
    ['all resources but all in S3', [{ Resource: undefined, NotResource: 'arn:aws:s3:*' }], false],
    ['all resources but buckets', [{ Resource: undefined, NotResource: 'arn:aws:s3:::*' }], true],
    ['what is denied', [{ Action: 's3:Get*' }, { Effect: 'Deny', Action: 's3:G*' }], false],
    [
      'what is denied elsewhere',
      [{ Resource: 'arn:aws:s3:::a/*' }, { Effect: 'Deny', Resource: 'arn:aws:s3:::b/*' }],
      true,
    ],
    [
      'what is denied there',
      [{ Resource: 'arn:aws:s3:::a/x' }, { Effect: 'Deny', Resource: 'arn:aws:s3:::a/*' }],
      false,
    ],
    [
      'what is denied under a condition',
      [{}, { Effect: 'Deny', ...when('Bool', 'aws:SecureTransport', 'false') }],
      true,
    ],
    [
      'what a denial of several resources reaches',
      [
        { Resource: 'arn:aws:s3:::a/x' },
        { Effect: 'Deny', Resource: ['arn:aws:s3:::b/*', 'arn:aws:s3:::a/*'] },
      ],
      false,
    ],
    [
      'a folder by a variable, of which another is denied',
      [
        { Resource: `arn:aws:s3:::app/${variable('aws:username')}/*` },
        { Effect: 'Deny', Resource: 'arn:aws:s3:::app/x/*' },
      ],
      true,
    ],
    [
      'a folder by a variable, all of which are denied',
      [
        { Resource: `arn:aws:s3:::app/${variable('aws:username')}/*` },
        { Effect: 'Deny', Resource: 'arn:aws:s3:::app/*' },
      ],
      false,
    ],
    [
      'what a denial spares by a variable',
      [
        { Resource: 'arn:aws:s3:::app/x/*' },
        {
          Effect: 'Deny',
          Resource: undefined,
          NotResource: `arn:aws:s3:::app/${variable('aws:username')}/*`,
        },
      ],
      true,
    ],
    [
      'what a denial does not spare',
      [
        { Resource: 'arn:aws:s3:::app/x/*' },
        { Effect: 'Deny', Resource: undefined, NotResource: 'arn:aws:s3:::app/y/*' },
      ],
      false,
    ],
    [
      'what another denial leaves',
      [{}, { Effect: 'Deny', Action: undefined, NotAction: 's3:Get*' }],
      true,
    ],
    [
      'what no denial leaves',
      [{ Action: 's3:Put*' }, { Effect: 'Deny', Action: undefined, NotAction: 's3:Get*' }],
      false,
    ],
  ])('in S3 is something: %s', (_, statements, isGranted) => {
    expect(grantsS3([identity(...statements)], 'aws')).toBe(isGranted);
  });
});

/** Amazon S3 User Guide, "Configuring IAM policies for using access points"; IAM, "IAM JSON policy elements: Resource". */
describe('every access point', () => {
  const everywhere = new Everywhere('aws');
  const reached = (entry: string, scope: ReturnType<typeof scopeOf>) =>
    everywhere
      .granted({ not: false, entries: [entry], complete: true }, scope)
      .map(({ arns }) => arns);
  it.each<[string, ReturnType<typeof scopeOf>, readonly string[]]>([
    ['arn:aws:s3:eu-west-1:*', 'point', ['arn:aws:s3:eu-west-1:*:accesspoint/*']],
    ['arn:aws:s3:eu-*', 'point', ['arn:aws:s3:eu-*:*:accesspoint/*']],
    ['arn:aws:s3:eu-west-1', 'point', []],
    ['arn:aws:s3:eu-west-1:111122223333', 'point', []],
    ['arn:aws:s3:eu-west-1:1111*', 'point', ['arn:aws:s3:eu-west-1:1111*:accesspoint/*']],
    ['arn:aws:s3:eu-west-1::accesspoint/*', 'point', []],
    ['arn:aws:s3:*:*:accesspoint/*-*', 'point', ['arn:aws:s3:*:*:accesspoint/*-*']],
    [
      'arn:aws:s3:*:*:*/object/k',
      'object',
      ['arn:aws:s3:::???*/object/k', 'arn:aws:s3:*:*:accesspoint/*/object/k'],
    ],
    ['arn:aws:s3:*:*:accesspoint/*/object/k', 'object', ['arn:aws:s3:*:*:accesspoint/*/object/k']],
    ['arn:aws:s3:*:*:accesspoint/one/object/*', 'object', []],
    ['arn:aws:ec2:eu-west-1:*', 'point', []],
    ['arn:aws-cn:s3:eu-west-1:*', 'point', []],
    ['urn:aws:s3:eu-west-1:*', 'point', []],
    ['ar*', 'point', ['arn:aws:s3:*:*:accesspoint/*']],
    ['arn:aws:s3:*:*:accesspoint/*', 'bucket', []],
    ['arn:aws:s3:::?*', 'object', ['arn:aws:s3:::???*/?*']],
    ['arn:aws:s3:::*/a:b', 'object', ['arn:aws:s3:::???*/a:b']],
    ['arn:aws:s3:::/x', 'object', []],
    ['arn:aws:s3:::????*', 'bucket', ['arn:aws:s3:::????*']],
  ])('%s, by a %s', (entry, scope, places) => {
    expect(reached(entry, scope)).toEqual(places);
  });

  it('is denied where only objects in buckets are spared', () => {
    const spared = { not: true, entries: ['arn:aws:s3:::*/k'], complete: true };
    const at = (arns: string) => ({ arns, entry: null });
    expect(everywhere.denied(spared, 'object', at('arn:aws:s3:*:*:accesspoint/*'))).toBe(true);
    expect(everywhere.denied(spared, 'object', at('arn:aws:s3:::???*/?*'))).toBe(false);
    expect(everywhere.denied(spared, 'object', at('arn:aws:s3:::???*/x'))).toBe(true);
  });
});

/** Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", The meaning of "public". */
describe('why a statement is public', () => {
  const point = { arn: `arn:aws:s3:eu-west-1:${OWNER}:accesspoint/a`, account: OWNER };
  const through = (operator: string, value: string) =>
    when(operator, 's3:DataAccessPointArn', value);
  const ours = `arn:aws:s3:eu-west-1:${OWNER}:accesspoint/*`;
  it.each<[string, object, typeof point, string | null]>([
    ['paths', when('ForAnyValue:StringEquals', 'aws:PrincipalOrgPaths', 'o-a/r-1/'), bucket, null],
    ['access points of an account', through('StringLike', ours), bucket, null],
    ['access points of an account by their ARN', through('ArnLike', ours), bucket, null],
    [
      'access points in any case',
      through('StringEqualsIgnoreCase', ours),
      bucket,
      'contains a wildcard',
    ],
    [
      'access points of any account',
      through('ArnLike', 'arn:aws:s3:*:*:accesspoint/a'),
      bucket,
      'contains a wildcard',
    ],
    [
      'the access point itself',
      through('ArnLike', ours),
      point,
      'is about the access point, not about who asks',
    ],
    [
      'the account of the access point itself',
      when('StringEquals', 's3:DataAccessPointAccount', OWNER),
      point,
      'is about the access point, not about who asks',
    ],
    [
      'a name for a network',
      when('IpAddress', 'aws:SourceIp', 'office'),
      bucket,
      'is not an address range',
    ],
    [
      'a wide network',
      when('IpAddress', 'aws:SourceIp', '10.0.0.0/7'),
      bucket,
      'is too wide a range',
    ],
    ['a network', when('IpAddress', 'aws:SourceIp', '10.0.0.0/8'), bucket, null],
    [
      'a wide network of IPv6',
      when('IpAddress', 'aws:SourceIp', '2001:db8::/31'),
      bucket,
      'is too wide a range',
    ],
    ['a network of IPv6', when('IpAddress', 'aws:SourceIp', '2001:db8::/32'), bucket, null],
    ['everyone', {}, bucket, 'no condition limits who gets access'],
    [
      'everyone by a key that limits no one',
      when('StringEquals', 'aws:UserAgent', 'x'),
      bucket,
      'no condition uses a key that S3 accepts as a limit',
    ],
    ['a network of an access point', when('StringEquals', 'aws:SourceVpc', 'vpc-1'), point, null],
  ])('%s', (_, condition, of, why) => {
    const found = publicStatements(parse({ ...everyone, ...condition }), of);
    expect(found.map((each) => each.why)).toEqual(why ? [expect.stringContaining(why)] : []);
  });
});
