import { describe, expect, it } from 'vitest';
import { s3Actions } from '../../src/policy/language/actions.ts';
import { parsePolicy } from '../../src/policy/language/document.ts';
import { undenied } from '../../src/policy/questions/denials.ts';

const bucket = { arn: 'arn:aws:s3:::example-bucket', account: '123456789012' };
const parse = (...Statement: object[]) =>
  parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }));

describe('a gap', () => {
  const deny = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' };
  const http = { Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  const gap = (
    statements: object[],
    request: object = { keys: { 'aws:SecureTransport': 'false' } },
  ) => undenied(parse(...statements), bucket, request);

  it.each<[string, object[], string]>([
    ['nothing', [], 'any caller, because no statement denies them'],
    ['bucket', [{ ...deny, ...http, Resource: `${bucket.arn}/*` }], 'the bucket itself'],
    ['objects', [{ ...deny, ...http, Resource: bucket.arn }], 'objects in the bucket'],
    [
      'prefix',
      [{ ...deny, ...http, Resource: [bucket.arn, `${bucket.arn}/a/*`] }],
      'some objects in the bucket',
    ],
    [
      'one action',
      [{ ...deny, ...http, Action: undefined, NotAction: 's3:GetObject' }],
      's3:GetObject',
    ],
    [
      'future',
      [
        {
          ...deny,
          ...http,
          Action: [...s3Actions.bucket, ...s3Actions.object].filter((a) => !/Future/.test(a)),
        },
      ],
      'actions that S3 may add',
    ],
    [
      'two',
      [{ ...deny, ...http, Principal: { AWS: '123456789012' }, Resource: bucket.arn }],
      'objects in the bucket and callers that the Deny does not name',
    ],
  ])('of %s reads', (_, statements, text) => {
    expect(gap(statements)?.text).toBe(text);
  });

  it('may be asked for some actions only', () => {
    const deletions = { actions: ['s3:DeleteObjectVersion'] };
    expect(gap([{ ...deny, Action: 's3:deleteobject*' }], deletions)).toBeNull();
    expect(gap([{ ...deny, Action: 's3:PutObject' }], deletions)?.missing).toEqual([
      'nothing denies',
    ]);
    expect(
      gap([{ ...deny, Action: 's3:FutureThing' }], { actions: ['s3:FutureThing'] }),
    ).toBeNull();
  });

  it('may be asked for other keys', () => {
    const floor = { ...deny, Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } };
    expect(gap([floor], { keys: { 's3:TlsVersion': '1.1' } })).toBeNull();
    expect(gap([floor], { keys: { 's3:TlsVersion': '1.2' } })?.missing).toEqual(['nothing denies']);
    const unencrypted = {
      ...deny,
      Action: 's3:PutObject',
      Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
    };
    const upload = {
      actions: ['s3:PutObject'],
      keys: { 'S3:X-Amz-Server-Side-Encryption': 'AES256' },
    };
    expect(gap([unencrypted], upload)).toBeNull();
  });

  it('is closed by denials that say nothing of the key', () => {
    const outside = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' } };
    const inside = { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' }, ...http.Condition };
    expect(
      gap([
        { ...deny, Condition: outside },
        { ...deny, Condition: inside },
      ]),
    ).toBeNull();
  });

  it('always has a part, even where three denials cross', () => {
    const crossing = [
      {
        ...deny,
        Action: undefined,
        NotAction: 's3:ListBucket',
        Condition: { ...http.Condition, Null: { 'aws:PrincipalOrgID': 'false' } },
      },
      { ...deny, ...http, Resource: undefined, NotResource: bucket.arn },
      {
        ...deny,
        Condition: { ...http.Condition, StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' } },
      },
    ];
    const found = gap(crossing);
    expect(found?.missing.length).toBeGreaterThan(0);
    expect(found?.text).not.toBe('');
  });

  it('where two holes cross names both', () => {
    const owner = { AWS: '123456789012' };
    const crossing = [
      { ...deny, ...http, Principal: undefined, NotPrincipal: owner },
      { ...deny, ...http, Principal: owner, Action: undefined, NotAction: 's3:GetObject' },
    ];
    expect(gap(crossing)?.missing).toEqual(['actions', 'principals']);
  });
});
