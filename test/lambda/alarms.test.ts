import { describe, expect, it } from 'vitest';
import { ACCOUNT, alarm, answers, filter, subscription } from '../alarm-answers.ts';
import { patternOf } from '../alarm-values.ts';
import type { Answers } from '../contract-server/asked.ts';
import { bucketItem } from '../contract-server/items.ts';
import type { State } from '../contract-server/state.ts';
import { changeEvent, scheduledEvent, startLambda } from './world.ts';

const ACTIVITY = 'cloudwatch-s3-activity-alarms';

describe(ACTIVITY, () => {
  it.each<[string, Answers, string, RegExp]>([
    ['that is told of everything', {}, 'COMPLIANT', /^alarmed: .* 21 events\.$/],
    [
      'where the subscription is pending',
      { ListSubscriptionsByTopic: { Subscriptions: [subscription('PendingConfirmation')] } },
      'NON_COMPLIANT',
      /^unheard: .*without a confirmed subscription\.$/,
    ],
    [
      'with the nine names of the benchmark',
      {
        DescribeMetricFilters: {
          metricFilters: [filter({ filterPattern: patternOf(['PutBucketAcl']) })],
        },
      },
      'NON_COMPLIANT',
      /^unheard: .* 15 more: no metric filter/,
    ],
    [
      'without a trail',
      { DescribeTrails: { trailList: [] } },
      'NON_COMPLIANT',
      /no running multi-Region trail/,
    ],
  ])('an account %s', async (_name, parts, ComplianceType, annotation) => {
    const { handle, puts } = await startLambda({ answers: answers(parts) });
    await handle(scheduledEvent(ACTIVITY));
    expect(puts()[0]?.Evaluations).toMatchObject([
      { ComplianceResourceType: 'AWS::::Account', ComplianceResourceId: ACCOUNT, ComplianceType },
    ]);
    expect(puts()[0]?.Evaluations[0]?.Annotation).toMatch(annotation);
  });

  it('parameters come as text', async () => {
    const pattern = patternOf(['PutBucketAcl']);
    const { handle, puts } = await startLambda({
      answers: answers({
        DescribeMetricFilters: { metricFilters: [filter({ filterPattern: pattern })] },
        ListSubscriptionsByTopic: { Subscriptions: [] },
      }),
    });
    await handle(
      scheduledEvent(ACTIVITY, {
        parameters: 'events=PutBucketAcl; requireSubscription=false; acceptEventBridgeRule=false',
      }),
    );
    expect(puts()[0]?.Evaluations).toMatchObject([{ ComplianceType: 'COMPLIANT' }]);
  });

  it('a refusal is missing evidence that names the permission', async () => {
    const { handle, server, puts } = await startLambda({ answers: answers() });
    server.fail('DescribeMetricFilters', 'AccessDeniedException');
    await handle(scheduledEvent(ACTIVITY));
    expect(puts()[0]?.Evaluations).toMatchObject([
      {
        ComplianceType: 'NON_COMPLIANT',
        Annotation:
          'evidenceUnavailable: The watched trails could not be assessed: access was denied (needs logs:DescribeMetricFilters).',
      },
    ]);
  });

  it('a topic that two alarms notify is asked about once', async () => {
    const two = [alarm(), alarm({ AlarmName: 'again' })];
    const { handle, calls } = await startLambda({
      answers: answers({ DescribeAlarms: { MetricAlarms: two } }),
    });
    await handle(scheduledEvent(ACTIVITY));
    expect(calls('ListSubscriptionsByTopic')).toHaveLength(1);
  });

  it('what is worth another try fails the invocation', async () => {
    const { handle, server, puts } = await startLambda({ answers: answers() });
    server.fail('DescribeAlarms', 'InternalFailure');
    await expect(handle(scheduledEvent(ACTIVITY))).rejects.toMatchObject({
      name: 'InternalFailure',
    });
    expect(puts()).toEqual([]);
  });
});

describe('s3-request-metrics-alarms', () => {
  const RULE = 's3-request-metrics-alarms';
  const tagged = bucketItem('records', {
    supplementaryConfiguration: {
      ...bucketItem('records').supplementaryConfiguration,
      BucketTaggingConfiguration: { tagSets: [{ tags: { 'data-classification': 'restricted' } }] },
    },
  });
  const on = (MetricName: string) =>
    alarm({
      ...{ AlarmName: MetricName, Namespace: 'AWS/S3', MetricName },
      Dimensions: [
        { Name: 'BucketName', Value: 'records' },
        { Name: 'FilterId', Value: 'whole' },
      ],
    });
  const MetricAlarms = [on('4xxErrors'), on('AllRequests'), on('BytesDownloaded')];
  const buckets = { records: { metrics: [{ id: 'whole' }] } };

  it.each<[string, Partial<State>, string, RegExp]>([
    [
      'with its alarms',
      { buckets, answers: answers({ DescribeAlarms: { MetricAlarms } }) },
      'COMPLIANT',
      /^alarmed: /,
    ],
    [
      'without one of them',
      { buckets, answers: answers({ DescribeAlarms: { MetricAlarms: MetricAlarms.slice(1) } }) },
      'NON_COMPLIANT',
      /^unwatched: No alarm covers 4xxErrors: no alarm is on it with FilterId whole\.$/,
    ],
    [
      'without metrics',
      { buckets: { records: {} }, answers: answers() },
      'NON_COMPLIANT',
      /^notMeasured: /,
    ],
    [
      'that nobody may ask',
      { buckets: { records: { denied: true } }, answers: answers() },
      'NON_COMPLIANT',
      /^evidenceUnavailable: .*s3:GetMetricsConfiguration/,
    ],
    ['that is gone', { buckets: {}, answers: answers() }, 'NOT_APPLICABLE', /^resourceDeleted: /],
  ])('a sensitive bucket %s', async (_name, state, ComplianceType, annotation) => {
    const { handle, puts } = await startLambda(state);
    await handle(changeEvent(RULE, tagged));
    expect(puts()[0]?.Evaluations).toMatchObject([
      { ComplianceResourceId: 'records', ComplianceType },
    ]);
    expect(puts()[0]?.Evaluations[0]?.Annotation).toMatch(annotation);
  });

  it('buckets of a Region share the question for its alarms', async () => {
    const items = ['a', 'b', 'c'].map((name) => bucketItem(name));
    const { handle, calls } = await startLambda({
      items,
      buckets: { a: {}, b: {}, c: {} },
      queries: [{ matches: () => true, results: [] }],
      answers: answers(),
    });
    await handle(scheduledEvent(RULE));
    expect(calls('DescribeAlarms')).toHaveLength(1);
  });
});
