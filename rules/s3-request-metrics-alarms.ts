import { defineRule, fail, pass, skip, supporting } from '../src/engine/rule.ts';
import { judgeRequestAlarms, requestAlarmDemands } from '../src/knowledge/watching/request-alarms.ts';

const FIX = `Add a request-metrics configuration without a filter (PutBucketMetricsConfiguration), and an alarm on each of the metrics with the dimensions BucketName and FilterId, whose actions notify a topic with a confirmed subscription.`;

export default defineRule({
  id: 's3-request-metrics-alarms',
  areas: ['monitoring'],
  severity: 'low',
  title: 'Requests to S3 buckets with sensitive data are measured, and alarms on them tell somebody',
  rationale: `Whoever copies a bucket, or tries keys until one works, shows in the number of requests, errors and bytes long before anybody reads a log.`,
  limits: [
    `Judges only buckets whose tag says that their data is sensitive. Statistic, threshold and periods of an alarm are its owner's choice and not judged. An alarm on metric math or anomaly detection counts for each metric of the bucket that it takes in; queries of Metrics Insights and composite alarms do not count. Functions, queues and the like that an alarm hands its news to are taken at their word; topics of other accounts cannot be seen, so evidence is missing where only they are notified. Request metrics count the requests, not whose they are, and S3 delivers them as well as it can (best effort).`,
  ],
  requirements: {
    'gdpr 33(1)': supporting('An unusual outflow of data is known of, so that the 72 hours can be kept.'),
    'gdpr 32(1)(d)': supporting('Whether access is as expected is watched all the time.'),
    'hipaa 164.308(a)(6)(ii)': supporting('A suspected incident can be responded to when somebody is told of it.'),
    'hipaa 164.308(a)(1)(ii)(D)': supporting('Between reviews of the logs, alarms point to unusual activity.'),
  },
  reads: ['tags', 'requestMetrics', 'requestAlarms'],
  parameters: requestAlarmDemands,
  messages: {
    alarmed: pass('Alarms on {metrics} of the whole bucket tell somebody.'),
    notSensitive: skip('No tag gives the bucket one of the classifications that call for alarms.'),
    notMeasured: fail('No request-metrics configuration covers the whole bucket.', { fix: FIX }),
    unwatched: fail('Nobody is told of {missing}: {because}.', { fix: FIX }),
  },
  evaluate: ({ bucket, params }) => judgeRequestAlarms(bucket, params),
});
