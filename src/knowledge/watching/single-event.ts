import type { Alarm, MetricFilter, WatchedMetric } from '../../facts/alarm.ts';

/** An hour: what is summed up over a longer time is told too late. */
const LONGEST_PERIOD = 3600;

/** Why no count of the filter stands for each event that matches it; null when it does. */
export function miscounts(filter: MetricFilter): string | null {
  if (filter.isNarrowed) return 'sees only a part of the log';
  if (filter.hasDimensions) return 'spreads its count over dimensions';
  return filter.value === null || filter.value <= 0 ? 'adds no fixed number per match' : null;
}

/**
 * Why one event that the filter counts does not make the alarm sound, fit to follow "alarm X"; null when it does. It must go
 * to ALARM at one event in one period and come back by itself, as its actions run only when the state changes (Amazon
 * CloudWatch User Guide, "Alarm evaluation", "Configuring how CloudWatch alarms treat missing data").
 */
export function silent(alarm: Alarm, filter: MetricFilter): string | null {
  const [metric, ...others] = alarm.metrics;
  if (alarm.usesMath || metric === undefined || others.length > 0)
    return 'is decided by an expression';
  if (metric.dimensions.size > 0 || !fits(metric, filter)) return 'looks at another metric';
  if (metric.periodSeconds > LONGEST_PERIOD) return `adds up ${metric.periodSeconds} seconds`;
  if (alarm.datapointsToAlarm > 1) return `waits for ${alarm.datapointsToAlarm} periods`;

  const reading = readingOfOne(metric.statistic, filter);
  if (reading === null) return `looks at the ${metric.statistic}`;
  if (!breaches(alarm, reading)) return 'needs more than one event';
  const { defaultValue } = filter;
  const soundsAnyway = defaultValue !== null && (defaultValue > 0 || breaches(alarm, 0));
  if (soundsAnyway) return 'sounds without any event';
  if (alarm.treatMissingData === 'breaching') return 'sounds while nothing happens';
  // Without a default value there are no other readings, and the state of the first event stays.
  const staysOn = alarm.treatMissingData === 'ignore' && defaultValue === null;
  return staysOn ? 'never comes back after the first event' : null;
}

const fits = ({ namespace, name, unit }: WatchedMetric, { metric }: MetricFilter) =>
  namespace === metric.namespace && name === metric.name && (unit === null || unit === metric.unit);

/** What the statistic shows of a period with one event; null when that depends on more than the event. */
function readingOfOne(statistic: string, { value, defaultValue }: MetricFilter): number | null {
  switch (statistic) {
    case 'Sum':
    case 'Maximum':
      return value;
    case 'Average':
    case 'Minimum':
      return defaultValue === null ? value : null;
    case 'SampleCount':
      return defaultValue === null ? 1 : null;
    default:
      return null;
  }
}

function breaches({ comparison, threshold }: Alarm, reading: number): boolean {
  if (threshold === null) return false;
  if (comparison === 'GreaterThanOrEqualToThreshold') return reading >= threshold;
  return comparison === 'GreaterThanThreshold' && reading > threshold;
}
