import { describe, expect, it } from 'vitest';
import type { Answers } from '../contract-server/asked.ts';
import { ServiceError } from '../contract-server/faults.ts';
import { bucketItem } from '../contract-server/items.ts';
import { changeEvent, names, scheduledEvent, startLambda } from './world.ts';

const RULE = 'access-analyzer-s3-reviewed';
const ACCOUNT = '111122223333';
const analyzer = (name: string, type: string, status = 'ACTIVE') => ({
  arn: `arn:aws:access-analyzer:eu-central-1:${ACCOUNT}:analyzer/${name}`,
  name,
  type,
  status,
  createdAt: '2025-01-01T00:00:00Z',
});
const finding = (bucket: string, given: object = {}) => ({
  id: `finding-on-${bucket}`,
  resource: `arn:aws:s3:::${bucket}`,
  resourceType: 'AWS::S3::Bucket',
  resourceOwnerAccount: ACCOUNT,
  status: 'ACTIVE',
  findingType: 'ExternalAccess',
  analyzedAt: '2026-03-02T00:00:00Z',
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-03-01T00:00:00Z',
  ...given,
});
const own = analyzer('own', 'ACCOUNT');
const answering = (analyzers: readonly object[], ...findings: readonly object[]): Answers => ({
  ListAnalyzers: { analyzers },
  ListFindingsV2: { findings },
});

async function annotationFor(answers: Answers, bucket = 'a') {
  const lambda = await startLambda({ answers });
  await lambda.handle(changeEvent(RULE, bucketItem(bucket)));
  return { ...lambda, annotation: lambda.puts()[0]?.Evaluations[0]?.Annotation };
}

it.each<[string, Answers, RegExp]>([
  ['nothing found', answering([own]), /^reviewed: Analyzer own /],
  [
    'found on it',
    answering([own], finding('a')),
    /^unreviewed: Finding finding-on-a of own has been open since 2026-01-01,/,
  ],
  ['found on another', answering([own], finding('b')), /^reviewed: /],
  [
    'found lately',
    answering([own], finding('a', { createdAt: '2026-03-01T00:00:00Z' })),
    /^waiting: .* since 2026-03-01; /,
  ],
  [
    'unused access',
    answering([own], finding('a', { findingType: 'UnusedPermission' })),
    /^reviewed: /,
  ],
  ['no type given', answering([own], finding('a', { findingType: undefined })), /^unreviewed: /],
  [
    'archived, which the filter leaves out',
    answering([own], finding('a', { status: 'ARCHIVED' })),
    /^reviewed: /,
  ],
  [
    'an error',
    answering([own], finding('a', { error: 'ACCESS_DENIED' })),
    /^notAnalysed: .*: ACCESS_DENIED\.$/,
  ],
  [
    'an organization',
    answering([analyzer('all', 'ORGANIZATION')], finding('a')),
    /^unreviewed: .* of all /,
  ],
  ['no analyzer', answering([]), /^noAnalyzer: .* eu-central-1 /],
  [
    'a disabled one',
    answering([analyzer('own', 'ACCOUNT', 'DISABLED')], finding('a')),
    /^inactive: .* is DISABLED/,
  ],
  ['one for unused access', answering([analyzer('u', 'ACCOUNT_UNUSED_ACCESS')]), /^noAnalyzer: /],
  ['one of a type to come', answering([analyzer('u', 'ACCOUNT_TRUST')]), /^noAnalyzer: /],
  [
    'an answer without a name',
    answering([{ ...own, name: undefined }]),
    /^evidenceUnavailable: .*name of an analyzer is missing/,
  ],
  [
    'a finding without a time',
    answering([own], finding('a', { createdAt: undefined })),
    /^evidenceUnavailable: .*createdAt of a finding is missing/,
  ],
])('a bucket with %s', async (_name, answers, expected) => {
  expect((await annotationFor(answers)).annotation).toMatch(expected);
});

describe('a refusal', () => {
  it.each([
    ['ListAnalyzers', 'access-analyzer:ListAnalyzers'],
    ['ListFindingsV2', 'access-analyzer:ListFindings'],
  ])('of %s is missing evidence that names %s', async (operation, action) => {
    const refuse = () => {
      throw new ServiceError('AccessDeniedException', 'no');
    };
    const { annotation, puts } = await annotationFor({ ...answering([own]), [operation]: refuse });
    expect(annotation).toMatch(/^evidenceUnavailable: /);
    expect(annotation).toContain(`(needs ${action})`);
    expect(puts()[0]?.Evaluations).toMatchObject([{ ComplianceType: 'NON_COMPLIANT' }]);
  });

  it('that may pass fails the invocation', async () => {
    const { handle, puts } = await startLambda({
      answers: {
        ListAnalyzers: () => {
          throw new ServiceError('ThrottlingException', 'slow down');
        },
      },
    });
    await expect(handle(changeEvent(RULE, bucketItem('a')))).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
    expect(puts()).toEqual([]);
  });
});

it('a population asks each analyzer once, for all pages and this account alone', async () => {
  const pages = [
    { findings: [finding('bucket-1')], nextToken: '1' },
    { findings: [finding('bucket-2')] },
  ];
  const { handle, results, calls } = await startLambda({
    items: names(30).map((name) => bucketItem(name)),
    answers: {
      ListAnalyzers: {
        analyzers: [own, analyzer('all', 'ORGANIZATION'), analyzer('u', 'ACCOUNT_UNUSED_ACCESS')],
      },
      ListFindingsV2: ({ analyzerArn, nextToken = 0 }) =>
        String(analyzerArn).endsWith('/own') ? (pages[Number(nextToken)] ?? {}) : { findings: [] },
    },
  });
  await handle(scheduledEvent(RULE));
  const failed = results().filter(({ complianceType }) => complianceType === 'NON_COMPLIANT');
  expect(failed.map(({ resourceId }) => resourceId).sort()).toEqual(['bucket-1', 'bucket-2']);
  expect(results().length).toBe(30);
  expect(calls('ListAnalyzers').length).toBe(1);
  expect(calls('ListFindingsV2').length).toBe(3);
  expect(calls('ListFindingsV2')[0]?.input).toMatchObject({
    filter: {
      resourceType: { eq: ['AWS::S3::Bucket'] },
      resourceOwnerAccount: { eq: [ACCOUNT] },
      status: { eq: ['ACTIVE'] },
    },
  });
});
