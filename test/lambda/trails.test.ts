import { expect, it } from 'vitest';
import dataEvents from '../../rules/s3-data-events-logged.ts';
import { needsOf } from '../../src/facets/needs.ts';
import type { Answers, Fields } from '../contract-server/asked.ts';
import { ServiceError } from '../contract-server/faults.ts';
import { bucketItem } from '../contract-server/items.ts';
import { NOTIFIED, scheduledEvent, startLambda } from './world.ts';

const DATA_EVENTS = 's3-data-events-logged';
const INTEGRITY = 'cloudtrail-log-integrity';

const trail = {
  Name: 'audit',
  TrailARN: 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/audit',
  HomeRegion: 'eu-central-1',
  S3BucketName: 'trail-logs',
  IsMultiRegionTrail: true,
  LogFileValidationEnabled: true,
  KmsKeyId: 'arn:aws:kms:eu-central-1:111122223333:key/1',
};
const delivered = new Date(NOTIFIED);
const answers: Answers = {
  DescribeTrails: { trailList: [trail] },
  GetTrailStatus: {
    IsLogging: true,
    LatestDeliveryTime: delivered,
    LatestDigestDeliveryTime: delivered,
  },
  GetEventSelectors: {
    EventSelectors: [
      {
        DataResources: [
          { Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::a/', 'arn:aws:s3:::b/x'] },
        ],
      },
    ],
  },
  ListEventDataStores: { EventDataStores: [] },
};
const toTrail = {
  Effect: 'Allow',
  Principal: { Service: 'cloudtrail.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::trail-logs/*',
};
const target = bucketItem('trail-logs', {
  supplementaryConfiguration: {
    ...bucketItem('trail-logs').supplementaryConfiguration,
    BucketPolicy: { policyText: JSON.stringify({ Version: '2012-10-17', Statement: [toTrail] }) },
  },
});

/** AWS Config has recorded nothing that logs into a bucket. */
const queries = [{ matches: () => true, results: [] }];

it('judges each bucket, and asks about the trails once for all of them', async () => {
  const items = [bucketItem('a'), bucketItem('b'), bucketItem('c'), target];
  const { handle, puts, calls } = await startLambda({ items, queries, answers });
  await handle(scheduledEvent(DATA_EVENTS));
  const verdicts = puts()[0]?.Evaluations.map(
    ({ ComplianceResourceId, ComplianceType, Annotation }) => [
      ComplianceResourceId,
      ComplianceType,
      Annotation?.replace(/:.*/, ''),
    ],
  );
  expect(verdicts).toEqual([
    ['a', 'COMPLIANT', 'logged'],
    ['b', 'NON_COMPLIANT', 'incomplete'],
    ['c', 'NON_COMPLIANT', 'notLogged'],
  ]);
  for (const asked of [
    'DescribeTrails',
    'GetTrailStatus',
    'GetEventSelectors',
    'ListEventDataStores',
  ])
    expect(calls(asked).length, asked).toBe(1);
});

it('a trail that a member account is not shown is missing evidence', async () => {
  const { handle, puts } = await startLambda({
    items: [bucketItem('c')],
    queries,
    answers: {
      ...answers,
      GetEventSelectors: () => {
        throw new ServiceError('TrailNotFoundException', 'Unknown trail');
      },
    },
  });
  await handle(scheduledEvent(DATA_EVENTS));
  expect(puts()[0]?.Evaluations).toMatchObject([
    {
      ComplianceType: 'NON_COMPLIANT',
      Annotation:
        'evidenceUnavailable: The trails could not be assessed: trail audit: the service answered TrailNotFoundException.',
    },
  ]);
});

it('a refusal names the permission', async () => {
  const { handle, server, puts } = await startLambda({
    items: [bucketItem('c')],
    queries,
    answers,
  });
  server.fail('ListEventDataStores', 'AccessDeniedException');
  await handle(scheduledEvent(DATA_EVENTS));
  expect(puts()[0]?.Evaluations).toMatchObject([
    {
      Annotation:
        'evidenceUnavailable: The event data stores could not be assessed: access was denied (needs cloudtrail:ListEventDataStores).',
    },
  ]);
});

it.each<[string, Answers, string, RegExp]>([
  ['does it all', {}, 'COMPLIANT', /^reliable: /],
  [
    'is stopped',
    { GetTrailStatus: { IsLogging: false } },
    'NON_COMPLIANT',
    /^lacking: .* audit comes closest, but is stopped\.$/,
  ],
  [
    'last delivered a day before',
    {
      GetTrailStatus: ({ Name }: Fields) => {
        expect(Name).toBe(trail.TrailARN);
        return { IsLogging: true, LatestDeliveryTime: new Date('2026-03-01T10:00:00Z') };
      },
    },
    'NON_COMPLIANT',
    /delivered no log file since 2026-03-01T10:00Z\.$/,
  ],
  ['is not there', { DescribeTrails: { trailList: [] } }, 'NON_COMPLIANT', /^noTrail: /],
])('an account whose trail %s', async (_name, given, ComplianceType, annotation) => {
  const { handle, puts } = await startLambda({ answers: { ...answers, ...given } });
  await handle(scheduledEvent(INTEGRITY));
  expect(puts()[0]?.Evaluations).toMatchObject([
    { ComplianceResourceType: 'AWS::::Account', ComplianceType },
  ]);
  expect(puts()[0]?.Evaluations[0]?.Annotation).toMatch(annotation);
});

it('trails are asked about once a day, not at every change of a bucket', () => {
  expect(needsOf(dataEvents)).toMatchObject({
    function: 'live',
    onChange: false,
    homeRegionOnly: false,
  });
});
