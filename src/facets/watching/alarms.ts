import type { Alarm, WatchedMetric } from '../../facts/alarm.ts';
import {
  answeredFlag,
  array,
  type Json,
  object,
  optionalCount,
  optionalText,
  text,
  wrong,
} from '../../values/json.ts';
import { type AskAlarms, arnOfAlarm, otherWaysIn } from './other-ways.ts';
import { receiversOf, TOPIC_QUESTIONS } from './receivers.ts';

/** What is asked to know the alarms of a Region and who is told by them. */
export const ALARM_QUESTIONS = [
  'DescribeAlarms',
  'ListRules',
  'ListTargetsByRule',
  ...TOPIC_QUESTIONS,
] as const;

/** Reads the metric alarms of an account in a Region that look at a metric which is wanted (CloudWatch API reference, MetricAlarm). */
export async function alarmsOn(
  isWanted: (metric: WatchedMetric) => boolean,
  ask: AskAlarms,
  account: string,
  region: string,
): Promise<readonly Alarm[]> {
  // Without AlarmTypes the answer has only metric alarms.
  const answer = await ask('DescribeAlarms', {}, region);
  const composites = array(answer.CompositeAlarms, 'CompositeAlarms');
  const alarms = array(answer.MetricAlarms, 'MetricAlarms').map((alarm) =>
    object(alarm, 'MetricAlarms[]'),
  );
  const wanted = alarms
    .map((alarm) => ({ alarm, metrics: metricsOf(alarm, account) }))
    .filter(({ metrics }) => metrics.some(isWanted));
  if (wanted.length === 0) return [];
  const others = await otherWaysIn(region, composites, ask, account);
  return Promise.all(
    wanted.map(async ({ alarm, metrics }): Promise<Alarm> => {
      const name = text(alarm['AlarmName'], 'AlarmName');
      const periods = optionalCount(alarm['EvaluationPeriods'], 'EvaluationPeriods') ?? 1;
      return {
        name,
        arn: arnOfAlarm(alarm, name, region, account),
        actionsEnabled: answeredFlag(alarm['ActionsEnabled'], 'ActionsEnabled'),
        receivers: await receiversOf(ask, alarm['AlarmActions'], account, 'AlarmActions'),
        others,
        metrics,
        usesMath: queriesOf(alarm).some(({ Expression }) => Expression !== undefined),
        comparison: text(alarm['ComparisonOperator'], 'ComparisonOperator'),
        threshold: optionalNumber(alarm['Threshold'], 'Threshold'),
        datapointsToAlarm:
          optionalCount(alarm['DatapointsToAlarm'], 'DatapointsToAlarm') ?? periods,
        treatMissingData: optionalText(alarm['TreatMissingData'], 'TreatMissingData') ?? 'missing',
      };
    }),
  );
}

const queriesOf = (alarm: Json) =>
  array(alarm['Metrics'], 'Metrics').map((query) => object(query, 'Metrics[]'));

/** The one metric of the alarm, or those that its expressions combine, but for metrics of other accounts. */
function metricsOf(alarm: Json, account: string): readonly WatchedMetric[] {
  if (typeof alarm['MetricName'] === 'string')
    return [metricOf(alarm, alarm, alarm['Statistic'] ?? alarm['ExtendedStatistic'])];
  return queriesOf(alarm).flatMap((query) => {
    const isOwn = query['AccountId'] === undefined || query['AccountId'] === account;
    if (query['MetricStat'] === undefined || !isOwn) return [];
    const stat = object(query['MetricStat'], 'MetricStat');
    return [metricOf(object(stat['Metric'], 'Metric'), stat, stat['Stat'])];
  });
}

function metricOf(metric: Json, { Period, Unit }: Json, statistic: unknown): WatchedMetric {
  const dimensions = array(metric['Dimensions'], 'Dimensions').map((dimension) => {
    const { Name, Value } = object(dimension, 'Dimensions[]');
    return [text(Name, 'Dimensions[].Name'), text(Value, 'Dimensions[].Value')] as const;
  });
  return {
    namespace: text(metric['Namespace'], 'Namespace'),
    name: text(metric['MetricName'], 'MetricName'),
    dimensions: new Map(dimensions),
    statistic: text(statistic, 'Statistic'),
    periodSeconds: optionalCount(Period, 'Period') ?? 0,
    unit: optionalText(Unit, 'Unit'),
  };
}

export function optionalNumber(value: unknown, where: string): number | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(where, 'a number', value);
  return value;
}
