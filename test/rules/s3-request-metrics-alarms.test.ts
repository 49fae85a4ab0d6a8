import { expect, it } from 'vitest';
import rule from '../../rules/s3-request-metrics-alarms.ts';
import { EvidenceUnavailable } from '../../src/engine/subject.ts';
import { unwatchedMetrics } from '../../src/knowledge/watching/request-alarms.ts';
import { alarm, topic, watched } from '../alarm-values.ts';
import { bucket, describeRule } from '../describe-rule.ts';

const metric = (name: string, dimensions: Record<string, string> = { BucketName: bucket.name, FilterId: 'whole' }) =>
  watched({ namespace: 'AWS/S3', name, dimensions: new Map(Object.entries(dimensions)) });
type Parts = Parameters<typeof alarm>[0];
const on = (name: string, parts: Parts = {}) => alarm({ name, metrics: [metric(name)], ...parts });

const rest = [on('AllRequests'), on('BytesDownloaded')];
const restricted = new Map([['data-classification', 'restricted']]);

describeRule(rule, {
  given: { tags: restricted, requestMetrics: ['whole'], requestAlarms: [on('4xxErrors'), ...rest] },
  compliant: [
    ['an alarm on each metric', {}, 'alarmed'],
    [
      'one alarm on a rate of errors, and the others',
      {
        requestAlarms: [
          on('rate', { usesMath: true, metrics: [metric('4xxErrors'), metric('AllRequests')] }),
          on('BytesDownloaded', { metrics: [{ ...metric('BytesDownloaded'), unit: 'Bytes' }] }),
        ],
      },
      'alarmed',
    ],
    ['alarms on the second of two configurations', { requestMetrics: ['first', 'whole'] }, 'alarmed'],
    [
      'another metric, where it is asked for',
      {
        requestAlarms: [
          on('FirstByteLatency', {
            metrics: [{ ...metric('FirstByteLatency'), unit: 'Milliseconds' }],
          }),
        ],
      },
      'alarmed',
      { metrics: ['FirstByteLatency'] },
    ],
    [
      'a topic nobody subscribed to, where that is no matter',
      { requestAlarms: [on('4xxErrors', { receivers: [topic('none')] })] },
      'alarmed',
      { metrics: ['4xxErrors'], requireSubscription: false },
    ],
    [
      'another classification, under another tag',
      { tags: new Map([['kind', 'health']]) },
      'alarmed',
      { classificationTags: ['kind'], classifications: ['health'] },
    ],
  ],
  nonCompliant: [
    ['no configuration for the whole bucket', { requestMetrics: [] }, 'notMeasured'],
    ['no alarm', { requestAlarms: [] }, 'unwatched'],
    ['no alarm, and no metric by name', { requestAlarms: [] }, 'unwatched', { metrics: [] }],
    ['an alarm on one metric alone', { requestAlarms: rest }, 'unwatched'],
    [
      // cloudwatch-alarm-action-check asks for an action, whatever it does.
      'an alarm whose topic has no confirmed subscription',
      { requestAlarms: [on('4xxErrors', { receivers: [topic('none')] }), ...rest] },
      'unwatched',
    ],
    ['an alarm with its actions disabled', { requestAlarms: [on('4xxErrors', { actionsEnabled: false }), ...rest] }, 'unwatched'],
    [
      'an alarm on a part of the bucket',
      {
        requestAlarms: [
          on('4xxErrors', {
            metrics: [metric('4xxErrors', { BucketName: bucket.name, FilterId: 'logs' })],
          }),
          ...rest,
        ],
      },
      'unwatched',
    ],
    [
      'an alarm on another bucket',
      {
        requestAlarms: [
          on('4xxErrors', {
            metrics: [metric('4xxErrors', { BucketName: 'other', FilterId: 'whole' })],
          }),
          ...rest,
        ],
      },
      'unwatched',
    ],
    [
      'an alarm on a metric of that name of somebody else',
      {
        requestAlarms: [on('4xxErrors', { metrics: [{ ...metric('4xxErrors'), namespace: 'Custom' }] }), ...rest],
      },
      'unwatched',
    ],
    [
      'an alarm with a dimension that S3 does not publish',
      {
        requestAlarms: [
          on('4xxErrors', {
            metrics: [metric('4xxErrors', { BucketName: bucket.name, FilterId: 'whole', Extra: 'x' })],
          }),
          ...rest,
        ],
      },
      'unwatched',
    ],
    [
      'an alarm in a unit that never comes',
      {
        requestAlarms: [on('4xxErrors', { metrics: [{ ...metric('4xxErrors'), unit: 'Bytes' }] }), ...rest],
      },
      'unwatched',
    ],
    [
      'names as long as AWS allows',
      {
        requestMetrics: ['m'.repeat(64)],
        requestAlarms: [],
      },
      'unwatched',
      { metrics: Array.from({ length: 20 }, (_, index) => `${'Metric'.repeat(10)}${index}`) },
    ],
  ],
  notApplicable: [
    ['no tag', { tags: new Map() }, 'notSensitive'],
    ['another classification', { tags: new Map([['data-classification', 'public']]) }, 'notSensitive'],
    ['another case', { tags: new Map([['data-classification', 'Restricted']]) }, 'notSensitive'],
  ],
});

it('where only a topic of another account is notified, evidence is missing', () => {
  const requestAlarms = [on('4xxErrors', { receivers: [topic('unseen')] })];
  const facets = { ...bucket, requestMetrics: ['whole'], requestAlarms };
  expect(() => unwatchedMetrics(facets, ['4xxErrors'], true)).toThrow(EvidenceUnavailable);
  expect(unwatchedMetrics(facets, ['4xxErrors'], false)).toEqual([]);
  // What nobody hears here is a failure all the same.
  expect(unwatchedMetrics(facets, ['4xxErrors', 'AllRequests'], true)).toEqual([
    { metric: 'AllRequests', because: 'no alarm is on it with FilterId whole' },
  ]);
});
