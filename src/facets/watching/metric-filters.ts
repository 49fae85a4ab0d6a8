import type { Alarm, MetricFilter } from '../../facts/alarm.ts';
import { array, type Json, object, optionalText, text } from '../../values/json.ts';
import { type Ask, orNull } from '../asked.ts';
import { type ALARM_QUESTIONS, alarmsOn, optionalNumber } from './alarms.ts';

type AskFilters = Ask<'DescribeMetricFilters' | (typeof ALARM_QUESTIONS)[number]>;

/** Reads the metric filters of a log group of the account, with the alarms on their metrics; empty if the group is gone. */
export async function metricFiltersOf(
  logGroupName: string,
  ask: AskFilters,
  account: string,
  region: string,
): Promise<readonly MetricFilter[]> {
  const answer = await orNull(
    ask('DescribeMetricFilters', { logGroupName }, region),
    'ResourceNotFoundException',
  );
  const filters = array(answer?.metricFilters, 'metricFilters').flatMap((filter) =>
    filtersOf(object(filter, 'metricFilters[]')),
  );
  if (filters.length === 0) return [];
  const names = new Set(filters.map(({ metric }) => keyOf(metric)));
  const alarms = await alarmsOn((metric) => names.has(keyOf(metric)), ask, account, region);
  return filters.map((filter) => ({
    ...filter,
    alarms: alarms.filter((alarm) => isOn(alarm, filter.metric)),
  }));
}

/** One for each metric the filter counts into (CloudWatch Logs API reference, MetricFilter and MetricTransformation). */
function filtersOf(filter: Json): readonly Omit<MetricFilter, 'alarms'>[] {
  const pattern = optionalText(filter['filterPattern'], 'filterPattern');
  return array(filter['metricTransformations'], 'metricTransformations').map((each) => {
    const to = object(each, 'metricTransformations[]');
    const value = Number(text(to['metricValue'], 'metricValue'));
    return {
      name: text(filter['filterName'], 'filterName'),
      // An empty pattern, which matches everything, may be left out.
      pattern: pattern ?? '',
      metric: {
        namespace: text(to['metricNamespace'], 'metricNamespace'),
        name: text(to['metricName'], 'metricName'),
        unit: optionalText(to['unit'], 'unit') ?? 'None',
      },
      value: Number.isFinite(value) ? value : null,
      defaultValue: optionalNumber(to['defaultValue'], 'defaultValue'),
      hasDimensions:
        Object.keys(object(to['dimensions'] ?? {}, 'dimensions')).length > 0 ||
        array(filter['emitSystemFieldDimensions'], 'emitSystemFieldDimensions').length > 0,
      isNarrowed:
        optionalText(filter['fieldSelectionCriteria'], 'fieldSelectionCriteria') !== null ||
        filter['applyOnTransformedLogs'] === true,
    };
  });
}

type Named = { readonly namespace: string; readonly name: string };
const keyOf = ({ namespace, name }: Named) => JSON.stringify([namespace, name]);
const isOn = ({ metrics }: Alarm, metric: Named) =>
  metrics.some((each) => keyOf(each) === keyOf(metric));
