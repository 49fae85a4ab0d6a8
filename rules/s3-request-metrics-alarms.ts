import { defineRule, fail, flag, ownList, ownListFrom, pass, say, skip, supporting } from '../src/engine/rule.ts';
import { tagKeyEntry, tagValueEntry } from '../src/knowledge/buckets/scope.ts';
import { unwatchedMetrics } from '../src/knowledge/watching/request-alarms.ts';
import { cut, list, listWithin } from '../src/values/text.ts';

const METRICS = ['4xxErrors', 'AllRequests', 'BytesDownloaded'] as const;
const metricEntry = { pattern: '^[A-Za-z0-9]{1,64}$', expected: 'the name of a request metric of S3' };

export default defineRule({
  id: 's3-request-metrics-alarms',
  areas: ['monitoring'],
  severity: 'low',
  title: 'Requests to S3 buckets with sensitive data are measured, and alarms on them notify someone',
  rationale: 'Copying a bucket, or trying keys until one works, shows in requests, errors and bytes long before someone reads a log.',
  limits: [
    'Only buckets whose tag marks their data as sensitive are judged.',
    'Statistic, threshold and periods of an alarm are the choice of its owner and are not judged.',
    'An alarm on metric math or anomaly detection counts for each metric that it includes; one on Metrics Insights does not.',
    'Composite alarms count if they always sound with the alarm; if captured answers show none, and no EventBridge rules, none are there.',
    'If other alarms may silence a composite alarm, or a condition of a topic or its key may refuse the sender, evidence is missing.',
    'We assume that functions, queues and topics without captured attributes notify someone. Topics of other accounts are not seen.',
    'Request metrics count requests, not whose they are, and S3 delivers them on a best-effort basis.',
  ],
  requirements: {
    'gdpr 33(1)': supporting('An alarm notifies someone, and the 72 hours begin with knowing of the breach.', { requireSubscription: 1 }),
    'gdpr 32(1)(d)': supporting('The number of requests is measured and alarmed on.'),
    'hipaa 164.308(a)(6)(ii)': supporting('An alarm notifies a subscriber, who can respond.', { requireSubscription: 1 }),
    'hipaa 164.308(a)(1)(ii)(D)': supporting('Between reviews of the logs, alarms point to unusual activity.'),
  },
  reads: ['tags', 'requestMetrics', 'requestAlarms'],
  parameters: {
    classificationTags: ownListFrom('classification.tags', tagKeyEntry, 'Keys of tags, any of which may carry the classification.'),
    classifications: ownListFrom('classification.sensitive', tagValueEntry, 'Values of the tag that require alarms.'),
    metrics: ownList(metricEntry, 'Request metrics that need an alarm; the default ones if empty.', METRICS),
    requireSubscription: flag(true, 'Whether a topic only counts with a confirmed subscription.'),
  },
  messages: {
    alarmed: pass('Alarms on {metrics} of the whole bucket notify someone.'),
    notSensitive: skip('No tag gives the bucket one of the classifications that require alarms.'),
    notMeasured: fail('No request metrics configuration covers the whole bucket.', {
      fix: 'Add a metrics configuration without a filter (PutBucketMetricsConfiguration), and alarms on its metrics.',
      caution: 'Request metrics are charged as CloudWatch custom metrics.',
    }),
    unwatched: fail('No alarm covers {missing}: {because}.', {
      fix: 'Add an alarm on each metric with BucketName and FilterId of the whole bucket, and a subscribed topic that lets in CloudWatch.',
      caution: 'Choose thresholds from the usual traffic of the bucket: an alarm that sounds every day is soon ignored.',
    }),
  },
  evaluate({ bucket, params }) {
    const isSensitive = params.classificationTags.some((key) => params.classifications.includes(bucket.tags.get(key) ?? ''));
    if (!isSensitive) return say('notSensitive');
    if (bucket.requestMetrics.length === 0) return say('notMeasured');
    const metrics = params.metrics.length > 0 ? params.metrics : METRICS;
    const unwatched = unwatchedMetrics(bucket, metrics, params.requireSubscription);
    const [first] = unwatched;
    if (first === undefined) return say('alarmed', { metrics: list(metrics) });
    const names = unwatched.map(({ metric }) => metric);
    return say('unwatched', { missing: listWithin(names, 110), because: cut(first.because, 115) }, { unwatched });
  },
});
