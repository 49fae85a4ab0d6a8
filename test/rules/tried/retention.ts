import { bucket, type Case } from '../../describe-rule.ts';
import { lifecycleRule } from '../../facet-values.ts';

const tags = (...pairs: [string, string][]) => ({ tags: new Map(pairs) });
const PHI = tags(['Class', 'phi'], ['Retention', 'year']);
const NONE = tags();
const period = (buckets: string, minimumDays: number, maximumDays: number, more = {}) => ({
  ...{ buckets, minimumDays, maximumDays },
  ...more,
});
const versions = (buckets: string, noncurrentMinimumDays: number, noncurrentMaximumDays: number) =>
  period(buckets, 1, 9999, { noncurrentMinimumDays, noncurrentMaximumDays });
const six = period('Class=phi', 2192, 2557);
const keeps = (days: number, noncurrentDays = 1) => ({
  lifecycle: [lifecycleRule({ expirationDays: days - noncurrentDays, noncurrentDays })],
});
const unreadable = ['tags'] as const;

/** A schedule of data classes: tag=value or name, with a minimum and a maximum (kind 13). */
export const expirationCases: readonly Case[] = [
  { when: 'six years of a class', facts: { ...PHI, ...keeps(2200) }, params: { schedule: [six] }, says: 'erased' },
  { when: 'exactly the minimum', facts: { ...PHI, ...keeps(2192) }, params: { schedule: [six] }, says: 'erased' },
  { when: 'a day too few', facts: { ...PHI, ...keeps(2191) }, params: { schedule: [six] }, says: 'tooShort' },
  { when: 'a day too many', facts: { ...PHI, ...keeps(2558) }, params: { schedule: [six] }, says: 'tooLong' },
  { when: 'another class', facts: { ...NONE, ...keeps(9) }, params: { schedule: [six] }, says: 'notNamed' },
  {
    when: 'the name outranks the tag, and no tag is read',
    facts: keeps(20),
    params: { schedule: [six, period(bucket.name, 10, 30)] },
    unreadable,
    says: 'erased',
  },
  {
    when: 'the exact name outranks a wildcard',
    facts: keeps(20),
    params: { schedule: [period('example-*', 100, 200), period(bucket.name, 10, 30)] },
    unreadable,
    says: 'erased',
  },
  {
    when: 'the longer wildcard outranks *',
    facts: keeps(20),
    params: { schedule: [period('*', 100, 200), period('example-*', 10, 30)] },
    unreadable,
    says: 'erased',
  },
  {
    when: 'an exact value outranks a wildcard',
    facts: { ...PHI, ...keeps(2200) },
    params: { schedule: [period('Class=*', 1, 30), six] },
    says: 'erased',
  },
  {
    when: 'two classes: the strictest maximum',
    facts: { ...PHI, ...keeps(2200) },
    params: { schedule: [six, period('Retention=year', 300, 400)] },
    says: 'tooLong',
  },
  {
    when: 'two classes: the strictest minimum',
    facts: { ...PHI, ...keeps(350) },
    params: { schedule: [six, period('Retention=year', 300, 400)] },
    says: 'tooShort',
  },
  {
    when: 'the schedule outranks the two numbers',
    facts: { ...PHI, ...keeps(2200) },
    params: { schedule: [six], appliesTo: ['*'], maximumDays: 30 },
    says: 'erased',
  },
  {
    when: 'off the schedule the two numbers count',
    facts: { ...NONE, ...keeps(20) },
    params: { schedule: [six], appliesTo: ['*'], maximumDays: 30 },
    says: 'erased',
  },
];

/** The same for noncurrent versions, whose usual bounds are 30 and 365 days. */
export const noncurrentCases = (lifecycle: (noncurrentDays: number) => object): readonly Case[] => {
  const keeping = (days: number) => lifecycle(days);
  const schedule = [versions('Class=phi', 400, 500)];
  return [
    { when: 'scheduled versions', facts: { ...PHI, ...keeping(450) }, params: { schedule }, says: 'bounded' },
    { when: 'scheduled versions go too early', facts: { ...PHI, ...keeping(399) }, params: { schedule }, says: 'tooEarly' },
    { when: 'scheduled versions go too late', facts: { ...PHI, ...keeping(501) }, params: { schedule }, says: 'tooLate' },
    { when: 'versions of another class', facts: { ...NONE, ...keeping(450) }, params: { schedule }, says: 'tooLate' },
    { when: 'a schedule without versions', facts: keeping(90), params: { schedule: [six] }, unreadable, says: 'bounded' },
    {
      when: 'versions by name',
      facts: keeping(450),
      params: { schedule: [...schedule, versions('example-*', 440, 460)] },
      unreadable,
      says: 'bounded',
    },
  ];
};
