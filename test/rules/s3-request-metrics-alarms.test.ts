import { expect, it } from 'vitest';
import rule from '../../rules/s3-request-metrics-alarms.ts';
import { EvidenceUnavailable } from '../../src/engine/subject.ts';
import { unwatchedMetrics } from '../../src/knowledge/watching/request-alarms.ts';
import { alarm, closedTopic, composite, others, ruleOnAlarms, topic, watched } from '../alarm-values.ts';
import { bucket, describeRule } from '../describe-rule.ts';

const metric = (name: string, dimensions: Record<string, string> = { BucketName: bucket.name, FilterId: 'whole' }) =>
  watched({ namespace: 'AWS/S3', name, dimensions: new Map(Object.entries(dimensions)) });
type Parts = Parameters<typeof alarm>[0];
const on = (name: string, parts: Parts = {}) => alarm({ name, metrics: [metric(name)], ...parts });

const rest = [on('AllRequests'), on('BytesDownloaded')];
const ofAll = (parts: Parameters<typeof composite>[0] = {}) =>
  composite({ rule: 'ALARM(4xxErrors) OR ALARM(AllRequests) OR ALARM("BytesDownloaded")', ...parts });
const silent = (parts: Parameters<typeof others>[0]) => ({
  requestAlarms: ['4xxErrors', 'AllRequests', 'BytesDownloaded'].map((name) => on(name, { receivers: [], others: others(parts) })),
});
const restricted = new Map([['data-classification', 'restricted']]);

describeRule(rule, {
  given: { tags: restricted, requestMetrics: ['whole'], requestAlarms: [on('4xxErrors'), ...rest] },
  cases: [
    { when: 'an alarm on each metric', says: 'alarmed' },
    {
      when: 'one alarm on a rate of errors, and the others',
      facts: {
        requestAlarms: [
          on('rate', { usesMath: true, metrics: [metric('4xxErrors'), metric('AllRequests')] }),
          on('BytesDownloaded', { metrics: [{ ...metric('BytesDownloaded'), unit: 'Bytes' }] }),
        ],
      },
      says: 'alarmed',
    },
    {
      when: 'the second of two tags says that the data is sensitive',
      facts: {
        tags: new Map([
          ['a', 'public'],
          ['b', 'restricted'],
        ]),
        requestMetrics: [],
      },
      params: { classificationTags: ['a', 'b'] },
      says: 'notMeasured',
    },
    {
      when: 'one of two tags says nothing',
      facts: { tags: new Map([['a', 'public']]) },
      params: { classificationTags: ['a', 'b'] },
      says: 'notSensitive',
    },
    { when: 'alarms on the second of two configurations', facts: { requestMetrics: ['first', 'whole'] }, says: 'alarmed' },
    {
      when: 'another metric, where it is asked for',
      facts: {
        requestAlarms: [
          on('FirstByteLatency', {
            metrics: [{ ...metric('FirstByteLatency'), unit: 'Milliseconds' }],
          }),
        ],
      },
      params: { metrics: ['FirstByteLatency'] },
      says: 'alarmed',
    },
    {
      when: 'a topic nobody subscribed to, where that is no matter',
      facts: { requestAlarms: [on('4xxErrors', { receivers: [topic('none')] })] },
      params: { metrics: ['4xxErrors'], requireSubscription: false },
      says: 'alarmed',
    },
    {
      when: 'another classification, under another tag',
      facts: { tags: new Map([['kind', 'health']]) },
      params: { classificationTags: ['kind'], classifications: ['health'] },
      says: 'alarmed',
    },
    { when: 'alarms without actions, and a composite alarm on all of them', facts: silent({ composites: [ofAll()] }), says: 'alarmed' },
    { when: 'alarms without actions, and a rule of EventBridge', facts: silent({ rules: [ruleOnAlarms()] }), says: 'alarmed' },
    {
      when: 'a composite alarm on one of them alone',
      facts: silent({ composites: [ofAll({ rule: 'ALARM(4xxErrors)' })] }),
      says: 'unwatched',
    },
    {
      when: 'a composite alarm that needs all of them',
      facts: silent({ composites: [ofAll({ rule: 'ALARM(4xxErrors) AND ALARM(AllRequests) AND ALARM(BytesDownloaded)' })] }),
      says: 'unwatched',
    },
    {
      when: 'a composite alarm whose topic keeps CloudWatch out',
      facts: silent({ composites: [ofAll({ receivers: [closedTopic()] })] }),
      says: 'unwatched',
    },
    { when: 'a rule of EventBridge on other alarms', facts: silent({ rules: [ruleOnAlarms({ alarmName: ['x'] })] }), says: 'unwatched' },
    {
      when: 'a topic whose policy keeps CloudWatch out',
      facts: { requestAlarms: [on('4xxErrors', { receivers: [closedTopic()] }), ...rest] },
      says: 'unwatched',
    },
    { when: 'no configuration for the whole bucket', facts: { requestMetrics: [] }, says: 'notMeasured' },
    { when: 'no alarm', facts: { requestAlarms: [] }, says: 'unwatched' },
    { when: 'no alarm, and no metric by name', facts: { requestAlarms: [] }, params: { metrics: [] }, says: 'unwatched' },
    { when: 'an alarm on one metric alone', facts: { requestAlarms: rest }, says: 'unwatched' },
    {
      when: 'an alarm whose topic has no confirmed subscription',
      facts: { requestAlarms: [on('4xxErrors', { receivers: [topic('none')] }), ...rest] },
      says: 'unwatched',
    },
    {
      when: 'an alarm with its actions disabled',
      facts: { requestAlarms: [on('4xxErrors', { actionsEnabled: false }), ...rest] },
      says: 'unwatched',
    },
    {
      when: 'an alarm on a part of the bucket',
      facts: {
        requestAlarms: [
          on('4xxErrors', {
            metrics: [metric('4xxErrors', { BucketName: bucket.name, FilterId: 'logs' })],
          }),
          ...rest,
        ],
      },
      says: 'unwatched',
    },
    {
      when: 'an alarm on another bucket',
      facts: {
        requestAlarms: [
          on('4xxErrors', {
            metrics: [metric('4xxErrors', { BucketName: 'other', FilterId: 'whole' })],
          }),
          ...rest,
        ],
      },
      says: 'unwatched',
    },
    {
      when: 'an alarm on a metric of that name of somebody else',
      facts: {
        requestAlarms: [on('4xxErrors', { metrics: [{ ...metric('4xxErrors'), namespace: 'Custom' }] }), ...rest],
      },
      says: 'unwatched',
    },
    {
      when: 'an alarm with a dimension that S3 does not publish',
      facts: {
        requestAlarms: [
          on('4xxErrors', {
            metrics: [metric('4xxErrors', { BucketName: bucket.name, FilterId: 'whole', Extra: 'x' })],
          }),
          ...rest,
        ],
      },
      says: 'unwatched',
    },
    {
      when: 'an alarm in a unit that never comes',
      facts: {
        requestAlarms: [on('4xxErrors', { metrics: [{ ...metric('4xxErrors'), unit: 'Bytes' }] }), ...rest],
      },
      says: 'unwatched',
    },
    {
      when: 'names as long as AWS allows',
      facts: {
        requestMetrics: ['m'.repeat(64)],
        requestAlarms: [],
      },
      params: { metrics: Array.from({ length: 20 }, (_, index) => `${'Metric'.repeat(10)}${index}`) },
      says: 'unwatched',
    },
    { when: 'no tag', facts: { tags: new Map() }, says: 'notSensitive' },
    { when: 'another classification', facts: { tags: new Map([['data-classification', 'public']]) }, says: 'notSensitive' },
    { when: 'another case', facts: { tags: new Map([['data-classification', 'Restricted']]) }, says: 'notSensitive' },
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
