import { describe, expect, it } from 'vitest';
import { readEventPattern } from '../../src/knowledge/watching/event-pattern.ts';
import { busFacts } from '../../src/knowledge/watching/s3-events.ts';

const facts = busFacts('PutBucketAcl', '123456789012', 'eu-central-1');
const isSure = (pattern: string | object) =>
  readEventPattern(typeof pattern === 'string' ? pattern : JSON.stringify(pattern))?.(facts) ??
  null;
const name = (...eventName: readonly unknown[]) => ({ source: ['aws.s3'], detail: { eventName } });

describe('what is sure to match PutBucketAcl from anyone', () => {
  it.each<[string, object]>([
    ['a name among others', name('PutBucketPolicy', 'PutBucketAcl')],
    ['everything of the account', { account: ['123456789012'] }],
    ['everything', {}],
    [
      'the kind of event',
      { 'detail-type': [{ suffix: 'via CloudTrail' }], region: ['eu-central-1'] },
    ],
    ['a prefix', name({ prefix: 'PutBucket' })],
    ['a prefix in any case', name({ prefix: { 'equals-ignore-case': 'PUTB' } })],
    ['a suffix', name({ suffix: 'Acl' })],
    ['equal but for case', name({ 'equals-ignore-case': 'putbucketacl' })],
    ['a wildcard', name({ wildcard: 'Put*Acl' })],
    ['anything but another', name({ 'anything-but': 'GetBucketAcl' })],
    ['anything but others', name({ 'anything-but': ['GetBucketAcl', 'ListBuckets'] })],
    ['anything but a prefix', name({ 'anything-but': { prefix: 'Get' } })],
    ['anything but prefixes', name({ 'anything-but': { prefix: ['Get', 'List'] } })],
    ['anything but a wildcard', name({ 'anything-but': { wildcard: 'Get*' } })],
    ['no error', { detail: { errorCode: [{ exists: false }] } }],
    ['a name that exists', name({ exists: true })],
    ['a flag', { detail: { readOnly: [false] } }],
    [
      'one of two patterns',
      { $or: [name('Other'), { detail: { eventSource: ['s3.amazonaws.com'] } }] },
    ],
    [
      'one of two inside',
      { detail: { $or: [{ eventName: ['X'] }, { eventName: ['PutBucketAcl'] }] } },
    ],
  ])('%s', (_name, pattern) => {
    expect(isSure(pattern)).toBe(true);
  });
});

describe('what may miss it', () => {
  it.each<[string, object]>([
    ['another name', name('PutBucketPolicy')],
    ['no name at all', name()],
    ['another case', name('putbucketacl')],
    ['another service', { source: ['aws.ec2'] }],
    ['another Region', { region: ['us-east-1'] }],
    ['one kind of user', { ...name('PutBucketAcl'), detail: { userIdentity: { type: ['Root'] } } }],
    [
      'anybody but one user',
      { detail: { userIdentity: { arn: [{ 'anything-but': 'arn:aws:iam::1:role/x' }] } } },
    ],
    ['one bucket', { detail: { requestParameters: { bucketName: ['b'] } } }],
    ['an error', { detail: { errorCode: ['AccessDenied'] } }],
    ['an error that is anything but one', { detail: { errorCode: [{ 'anything-but': 'X' }] } }],
    ['an error that exists', { detail: { errorCode: [{ exists: true }] } }],
    ['an error that is null', { detail: { errorCode: [null] } }],
    ['a flag as text', { detail: { readOnly: ['false'] } }],
    ['anything but it and another', name({ 'anything-but': ['PutBucketAcl', 'GetBucketAcl'] })],
    ['anything but it', name({ 'anything-but': ['PutBucketAcl'] })],
    ['anything but its prefix', name({ 'anything-but': { prefix: 'Put' } })],
    ['anything but nothing', name({ 'anything-but': [] })],
    ['a number', { detail: { x: [{ numeric: ['>', 0] }] } }],
    ['an address', { detail: { sourceIPAddress: [{ cidr: '0.0.0.0/0' }] } }],
    ['an operator nobody knows', name({ sounds: 'PutBucketAcl' })],
    ['two operators', name({ prefix: 'Put', suffix: 'Acl' })],
    ['an operator without a text', name({ prefix: 7 }, { wildcard: ['Put*'] }, { exists: 'yes' })],
    ['an escaped star', name({ wildcard: 'Put\\*' })],
    ['a question mark, which is itself', name({ wildcard: 'PutBucketAc?' })],
    [
      'one half of an $or, and more',
      { $or: [{ source: ['aws.s3'] }, { source: ['x'] }], account: ['1'] },
    ],
    ['a field that is called $or', { $or: ['aws.s3'] }],
    ['a field of every object', { __proto__x: ['a'], constructor: ['Object'] }],
  ])('%s', (_name, pattern) => {
    expect(isSure(pattern)).toBe(false);
  });
});

it.each([
  '',
  '[]',
  'null',
  '{',
  '{"source":"aws.s3"}',
  '{"detail":{"eventName":"PutBucketAcl"}}',
  '{"$or":[{"source":"x"},{"source":["aws.s3"]}]}',
])('%j is no event pattern', (pattern) => {
  expect(isSure(pattern)).toBeNull();
});

it.each([100, 1_000_000])('patterns nested %i deep are no harm', (depth) => {
  expect(isSure(`${'{"a":'.repeat(depth)}["x"]${'}'.repeat(depth)}`)).toBeNull();
});
