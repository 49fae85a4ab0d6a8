import type { Alarm, CompositeAlarm } from '../../facts/alarm.ts';
import type { Fact, Facts } from './event-facts.ts';

/**
 * What is known of the event on the default bus when an alarm goes to ALARM, from whatever state before (Amazon CloudWatch User
 * Guide, "Alarm events and EventBridge").
 */
export function alarmFacts(alarm: Alarm | CompositeAlarm): Facts {
  const { name, arn } = alarm;
  const [, , , region = '', account = ''] = arn.split(':');
  const facts = new Map<string, Fact>([
    ['source', 'aws.cloudwatch'],
    ['detail-type', 'CloudWatch Alarm State Change'],
    ['account', account],
    ['region', region],
    ['resources', arn],
    ['detail.alarmName', name],
    ['detail.state.value', 'ALARM'],
    ['detail.previousState.value', { otherThan: ['ALARM'] }],
  ]);
  if (!('metrics' in alarm)) return facts;
  const [metric, ...more] = alarm.metrics;
  if (metric === undefined || more.length > 0 || alarm.usesMath) return facts;
  const path = 'detail.configuration.metrics.metricStat.metric';
  facts.set(`${path}.namespace`, metric.namespace);
  facts.set(`${path}.name`, metric.name);
  return facts;
}
