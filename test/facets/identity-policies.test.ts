import { describe, expect, it } from 'vitest';
import { attachedAwsPolicies } from '../../src/facets/iam-policy/attached-aws-policies.ts';
import { boundaryOnly } from '../../src/facets/iam-policy/boundary-only.ts';
import { identityPolicies } from '../../src/facets/iam-policy/identity-policies.ts';
import { permissionsBoundary } from '../../src/facets/iam-policy/permissions-boundary.ts';
import { normalise } from '../../src/records/normalise.ts';
import { iamItem } from '../iam.ts';
import { inEveryEncoding } from './encodings.ts';

const document = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'Ünïcode % + &', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
};
const json = JSON.stringify(document);

const item = (type: string, configuration: unknown) =>
  normalise({
    resourceType: `AWS::IAM::${type}`,
    resourceId: 'AAAAEXAMPLE',
    resourceName: 'example',
    ARN: 'arn:aws:iam::111122223333:x/example',
    awsAccountId: '111122223333',
    awsRegion: 'global',
    configurationItemStatus: 'OK',
    configuration,
    supplementaryConfiguration: {},
  });
const managed = (...versions: readonly object[]) =>
  item('Policy', { policyName: 'p', policyVersionList: versions });
const version = (written: unknown, isDefaultVersion: unknown = true) => ({
  document: written,
  isDefaultVersion,
});
const read = (from: ReturnType<typeof item>) => identityPolicies.read(from);
const sids = (from: ReturnType<typeof item>) => {
  const reading = read(from);
  if (!('value' in reading)) return reading;
  return reading.value.map(({ name, policy }) => [
    name,
    ...policy.statements.map(({ sid }) => sid),
  ]);
};

describe('the policies in a record of IAM', () => {
  it.each<[string, unknown]>([
    ['JSON in a list, as AWS Config writes it', [document]],
    ['JSON', document],
    ['text', json],
    ['text with white space before it', `\n ${json}`],
    ['URL-encoded text, as the API of IAM writes it', encodeURIComponent(json)],
    ['URL-encoded text in a list', [encodeURIComponent(json)]],
  ])('are read from %s', (_name, written) => {
    expect(sids(managed(version(written)))).toEqual([['p', 'Ünïcode % + &']]);
    const inline = [{ policyName: 'i', policyDocument: written }];
    expect(sids(item('Role', { rolePolicyList: inline }))).toEqual([['i', 'Ünïcode % + &']]);
    expect(sids(item('User', { userPolicyList: inline }))).toEqual([['i', 'Ünïcode % + &']]);
    expect(sids(item('Group', { groupPolicyList: inline }))).toEqual([['i', 'Ünïcode % + &']]);
  });

  it('is the default version alone', () => {
    const old = { ...document, Statement: [] };
    const found = sids(managed(version([old], false), version([document], 'true')));
    expect(found).toEqual([['p', 'Ünïcode % + &']]);
  });

  it.each<[string, unknown]>([
    ['null, as AWS Config writes it', null],
    ['an empty list', []],
  ])('are none where the list is %s', (_name, rolePolicyList) => {
    expect(read(item('Role', { rolePolicyList }))).toEqual({ value: [] });
  });

  it.each<[string, ReturnType<typeof item>, RegExp]>([
    ['no configuration', item('Role', null), /^configuration is null/],
    ['no list', item('User', { groupList: [] }), /^userPolicyList is missing/],
    [
      'no versions',
      item('Policy', { policyName: 'p' }),
      /^policyVersionList is a list, expected one default/,
    ],
    ['no default version', managed(version([document], false)), /one default version/],
    [
      'two default versions',
      managed(version([document]), version([document])),
      /one default version/,
    ],
    [
      'no document, as in answers to queries',
      managed(version(undefined)),
      /document of p is missing/,
    ],
    ['two documents', managed(version([document, document])), /document of p is a list/],
    [
      'broken URL-encoding',
      managed(version('%7B%zz')),
      /policy p does not parse \(URI malformed\)/,
    ],
    ['no JSON', managed(version('hello')), /policy p does not parse \(Policy: expected JSON\)/],
    [
      'a key twice, of which one hides the other',
      managed(version(encodeURIComponent(json.replace('{"Sid"', '{"Effect":"Deny","Sid"')))),
      /every key once/,
    ],
    [
      'a statement without Resource',
      managed(version([{ Statement: { Effect: 'Allow', Action: '*' } }])),
      /Statement\[0\]\.Resource/,
    ],
  ])('are missing evidence with %s', (_name, from, reason) => {
    expect(read(from)).toEqual({ unavailable: expect.stringMatching(reason) });
  });
});

describe('the policies of AWS in a record of IAM', () => {
  const holder = (attachedManagedPolicies: unknown, type = 'Role') =>
    attachedAwsPolicies.read(item(type, { attachedManagedPolicies }));
  const arn = (account: string, path: string) => ({
    policyName: 'another',
    policyArn: `arn:aws:iam::${account}:policy/${path}`,
  });

  it('are named by their ARN, whatever its path', () => {
    const both = [arn('aws', 'AdministratorAccess'), arn('aws', 'service-role/AWSGlueServiceRole')];
    const value = ['AdministratorAccess', 'AWSGlueServiceRole'];
    expect(holder(both)).toEqual({ value });
    expect(holder([...both, arn('111122223333', 'AmazonS3FullAccess')], 'Group')).toEqual({
      value,
    });
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['an empty list', []],
  ])('are none where the list is %s', (_name, list) => {
    expect(holder(list, 'User')).toEqual({ value: [] });
  });

  it('are none of a policy', () => {
    expect(attachedAwsPolicies.read(item('Policy', {}))).toEqual({ value: [] });
  });

  it.each<[string, unknown]>([
    ['no list', undefined],
    ['an entry without ARN', [{ policyName: 'AdministratorAccess' }]],
    ['a text', 'AdministratorAccess'],
  ])('are missing evidence with %s', (_name, list) => {
    expect(holder(list)).toEqual({ unavailable: expect.stringMatching(/attachedManagedPolicies/) });
  });
});

describe.each(
  Object.entries(
    inEveryEncoding(
      iamItem('Role', 'app', {
        rolePolicyList: [{ policyName: 'i', policyDocument: encodeURIComponent(json) }],
        permissionsBoundary: { permissionsBoundaryArn: 'arn:b' },
        attachmentCount: 0,
        permissionsBoundaryUsageCount: 1,
      }),
    ),
  ),
)('in %s', (_encoding, role) => {
  it('a record of IAM says the same', () => {
    expect(sids(role)).toEqual([['i', 'Ünïcode % + &']]);
    expect(permissionsBoundary.read(role)).toEqual({ value: 'arn:b' });
    expect(boundaryOnly.read(role)).toEqual({ value: true });
    expect(role).toMatchObject({ region: 'global', arn: 'arn:aws:iam::111122223333:role/app' });
  });
});

it.each<[string, unknown, unknown]>([
  ['none', {}, null],
  ['null', { permissionsBoundary: null }, null],
  [
    'one',
    { permissionsBoundary: { permissionsBoundaryArn: 'arn:b', permissionsBoundaryType: 'Policy' } },
    'arn:b',
  ],
])('a permissions boundary: %s', (_name, configuration, value) => {
  expect(permissionsBoundary.read(item('Role', configuration))).toEqual({ value });
});

it('a permissions boundary without its ARN is missing evidence', () => {
  const reading = permissionsBoundary.read(item('Role', { permissionsBoundary: {} }));
  expect(reading).toEqual({ unavailable: expect.stringContaining('permissionsBoundaryArn') });
});

it.each<[string, object, boolean]>([
  ['attached', { attachmentCount: 1, permissionsBoundaryUsageCount: 0 }, false],
  ['attached, and a boundary', { attachmentCount: 1, permissionsBoundaryUsageCount: 2 }, false],
  ['a boundary alone', { attachmentCount: 0, permissionsBoundaryUsageCount: 2 }, true],
  ['neither', { attachmentCount: 0, permissionsBoundaryUsageCount: 0 }, false],
  ['a record from before there were boundaries', { attachmentCount: 0 }, false],
  ['a record without counts', { permissionsBoundaryUsageCount: 2 }, false],
])('a policy that is %s', (_name, configuration, value) => {
  expect(boundaryOnly.read(item('Policy', configuration))).toEqual({ value });
});
