import { describe, expect, it } from 'vitest';
import type { Alarm, MetricFilter } from '../../src/facts/alarm.ts';
import { miscounts, silent } from '../../src/knowledge/watching/single-event.ts';
import { alarm, metricFilter, watched } from '../alarm-values.ts';

describe('a filter whose count stands for each event', () => {
  it.each<[string, Partial<MetricFilter>, RegExp | null]>([
    ['adds one', {}, null],
    ['adds a half', { value: 0.5 }, null],
    ['adds nothing', { value: 0 }, /no fixed number/],
    ['adds a field of the event', { value: null }, /no fixed number/],
    ['has dimensions', { hasDimensions: true }, /dimensions/],
    ['looks at some accounts', { isNarrowed: true }, /part of the log/],
  ])('%s', (_name, parts, expected) => {
    const found = miscounts(metricFilter(parts));
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatch(expected);
  });
});

const on = (parts: Parameters<typeof watched>[0]) => ({ metrics: [watched(parts)] });

describe('one event raises the alarm', () => {
  it.each<[string, Partial<Alarm>, Partial<MetricFilter>]>([
    ['at a sum of one', {}, {}],
    ['above zero', { comparison: 'GreaterThanThreshold', threshold: 0 }, {}],
    ['as one sample', on({ statistic: 'SampleCount' }), {}],
    ['as the maximum', on({ statistic: 'Maximum' }), { defaultValue: 0 }],
    ['as the average of nothing else', on({ statistic: 'Average' }), {}],
    ['as ten, at ten', { threshold: 10 }, { value: 10 }],
    ['in one of five periods', { datapointsToAlarm: 1 }, {}],
    ['in an hour', on({ periodSeconds: 3600 }), {}],
    [
      'in the unit of the filter',
      on({ unit: 'Count' }),
      { metric: { ...metricFilter().metric, unit: 'Count' } },
    ],
    ['where missing data is missing', { treatMissingData: 'missing' }, {}],
    [
      'where missing data is ignored, but zero is published',
      { treatMissingData: 'ignore' },
      { defaultValue: 0 },
    ],
    ['where zero is published', {}, { defaultValue: 0 }],
  ])('%s', (_name, parts, filter) => {
    expect(silent(alarm(parts), metricFilter(filter))).toBeNull();
  });
});

describe('one event does not', () => {
  it.each<[string, Partial<Alarm>, Partial<MetricFilter>, RegExp]>([
    ['at five', { threshold: 5 }, {}, /more than one event/],
    ['above one', { comparison: 'GreaterThanThreshold' }, {}, /more than one event/],
    ['below one', { comparison: 'LessThanThreshold' }, {}, /more than one event/],
    ['outside a band', { threshold: null }, {}, /more than one event/],
    [
      'in a count of samples with zeros',
      on({ statistic: 'SampleCount' }),
      { defaultValue: 0 },
      /SampleCount/,
    ],
    ['in an average with zeros', on({ statistic: 'Average' }), { defaultValue: 0 }, /Average/],
    ['in a percentile', on({ statistic: 'p99' }), {}, /p99/],
    ['twice in a row', { datapointsToAlarm: 2 }, {}, /waits for 2 periods/],
    ['in a day', on({ periodSeconds: 86_400 }), {}, /86400 seconds/],
    ['in another unit', on({ unit: 'Bytes' }), {}, /another metric/],
    ['in another namespace', on({ namespace: 'Other' }), {}, /another metric/],
    ['in one dimension', on({ dimensions: new Map([['a', 'b']]) }), {}, /another metric/],
    ['in an expression', { usesMath: true }, {}, /expression/],
    ['among two metrics', { metrics: [watched(), watched()] }, {}, /expression/],
    ['that was never away', { treatMissingData: 'breaching' }, {}, /while nothing happens/],
    ['that never comes back', { treatMissingData: 'ignore' }, {}, /never comes back/],
    ['that sounds at zero', { threshold: 0 }, { defaultValue: 0 }, /without any event/],
    ['that sounds at the default', {}, { defaultValue: 1 }, /without any event/],
  ])('%s', (_name, parts, filter, expected) => {
    expect(silent(alarm(parts), metricFilter(filter))).toMatch(expected);
  });
});
