import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
  AdvancedEventSelector,
  EventSelector,
  FieldSelector,
  Half,
} from '../../src/facts/event-selectors.ts';
import { reachOf } from '../../src/knowledge/watching/event-selectors.ts';
import { advanced, basic, where } from '../event-selectors.ts';

const ARN = 'arn:aws:s3:::data';
const both: readonly Half[] = ['read', 'write'];

describe('basic selectors', () => {
  it.each<[string, EventSelector, unknown, unknown]>([
    ['all buckets', basic('arn:aws:s3'), 'every', 'every'],
    ['all buckets, as the console writes it', basic('arn:aws:s3:::'), 'every', 'every'],
    ['the bucket', basic(`${ARN}/`), 'every', 'every'],
    ['only what is read', basic(`${ARN}/`, 'read'), 'every', 'none'],
    ['only what is written', basic(`${ARN}/`, 'write'), 'none', 'every'],
    // Steampipe matches with like 'arn%', so a bucket passes on the selector of one with a longer name.
    ['a bucket with a longer name', basic('arn:aws:s3:::data-archive/'), 'none', 'none'],
    ['another bucket', basic('arn:aws:s3:::other/'), 'none', 'none'],
    // Trivy knows the partition aws alone.
    ['all buckets of another partition', basic('arn:aws-cn:s3:::'), 'none', 'none'],
    ['no object at all', basic([]), 'none', 'none'],
    [
      'keys with a prefix',
      basic(`${ARN}/reports/`),
      { only: `DataResources ${ARN}/reports/` },
      { only: `DataResources ${ARN}/reports/` },
    ],
    ['the bucket without a slash', basic(ARN, 'read'), { only: `DataResources ${ARN}` }, 'none'],
  ])('%s', (_name, selector, read, write) => {
    expect(both.map((half) => reachOf([selector], ARN, half))).toEqual([read, write]);
  });

  it('all buckets of the partition of the bucket', () => {
    expect(reachOf([basic('arn:aws-cn:s3')], 'arn:aws-cn:s3:::data', 'read')).toBe('every');
  });
});

describe('advanced selectors', () => {
  it.each<[string, EventSelector, unknown, unknown]>([
    ['every object', advanced(), 'every', 'every'],
    ['only what is read', advanced(where('readOnly', { equals: ['true'] })), 'every', 'none'],
    ['only what is written', advanced(where('readOnly', { equals: ['false'] })), 'none', 'every'],
    [
      'the bucket',
      advanced(where('resources.ARN', { startsWith: [`${ARN}/`, 'arn:aws:s3:::other/'] })),
      'every',
      'every',
    ],
    [
      'names that begin like the bucket',
      advanced(where('resources.ARN', { startsWith: ['arn:aws:s3:::da'] })),
      'every',
      'every',
    ],
    [
      'another bucket',
      advanced(where('resources.ARN', { startsWith: ['arn:aws:s3:::data-2/'] })),
      'none',
      'none',
    ],
    [
      'all buckets but this one',
      advanced(where('resources.ARN', { notStartsWith: [`${ARN}/`] })),
      'none',
      'none',
    ],
    [
      'all buckets but the target of the trail',
      advanced(where('resources.ARN', { notStartsWith: ['arn:aws:s3:::trail-logs/'] })),
      'every',
      'every',
    ],
    [
      'only some keys',
      advanced(where('resources.ARN', { startsWith: [`${ARN}/reports/`] })),
      { only: `resources.ARN StartsWith ${ARN}/reports/` },
      { only: `resources.ARN StartsWith ${ARN}/reports/` },
    ],
    [
      'all keys but some',
      advanced(where('resources.ARN', { notEndsWith: ['.tmp'] })),
      { only: 'resources.ARN NotEndsWith .tmp' },
      { only: 'resources.ARN NotEndsWith .tmp' },
    ],
    [
      'only some operations that read, under some keys',
      advanced(
        where('readOnly', { equals: ['true'] }),
        where('eventName', { equals: ['GetObject'] }),
        where('resources.ARN', { equals: [`${ARN}/a`] }),
      ),
      { only: `eventName Equals GetObject and resources.ARN Equals ${ARN}/a` },
      'none',
    ],
    [
      'all but a scanner',
      advanced(where('userIdentity.arn', { notStartsWith: ['arn:aws:sts::1:assumed-role/scan'] })),
      { only: 'userIdentity.arn NotStartsWith arn:aws:sts::1:assumed-role/scan' },
      { only: 'userIdentity.arn NotStartsWith arn:aws:sts::1:assumed-role/scan' },
    ],
    [
      'all of S3',
      advanced(where('eventSource', { equals: ['s3.amazonaws.com'] })),
      'every',
      'every',
    ],
    [
      'another service',
      advanced(where('eventSource', { notEquals: ['s3.amazonaws.com'] })),
      'none',
      'none',
    ],
    [
      'another type of resource',
      {
        kind: 'advanced',
        fields: [
          where('eventCategory', { equals: ['Data'] }),
          where('resources.type', { equals: ['AWS::Lambda::Function'] }),
        ],
      },
      'none',
      'none',
    ],
    [
      'management events',
      { kind: 'advanced', fields: [where('eventCategory', { equals: ['Management'] })] },
      'none',
      'none',
    ],
    [
      'nothing, as CloudTrail takes no such selector',
      { kind: 'advanced', fields: [] },
      'none',
      'none',
    ],
  ])('%s', (_name, selector, read, write) => {
    expect(both.map((half) => reachOf([selector], ARN, half))).toEqual([read, write]);
  });

  it('the example of the User Guide reaches some of the bucket', () => {
    const selector = advanced(
      where('resources.ARN', {
        equals: [`${ARN}/object1`],
        startsWith: [`${ARN}/`],
        endsWith: ['object3'],
        notStartsWith: [`${ARN}/deselect`],
        notEndsWith: ['object5'],
        notEquals: [`${ARN}/object6`],
      }),
    );
    expect(reachOf([selector], ARN, 'read')).toEqual({
      only: `resources.ARN NotStartsWith ${ARN}/deselect`,
    });
  });
});

describe('several selectors', () => {
  const reports = advanced(where('resources.ARN', { startsWith: [`${ARN}/reports/`] }));
  const rest = advanced(where('resources.ARN', { notStartsWith: [`${ARN}/reports/`] }));

  it('need one that leaves nothing out', () => {
    expect(reachOf([reports, advanced()], ARN, 'read')).toBe('every');
    expect(reachOf([basic('arn:aws:s3:::other/'), reports], ARN, 'read')).toEqual({
      only: `resources.ARN StartsWith ${ARN}/reports/`,
    });
    expect(reachOf([], ARN, 'read')).toBe('none');
  });

  it('that leave nothing out only together count as partial', () => {
    expect(reachOf([reports, rest], ARN, 'read')).toEqual({
      only: `resources.ARN StartsWith ${ARN}/reports/`,
    });
  });
});

/** An event as CloudTrail sees it, and whether a selector takes it, as slowly and plainly as the User Guide says it. */
type Event = Readonly<Record<string, string>>;

function takes(selector: EventSelector, event: Event): boolean {
  const arn = event['resources.ARN'] ?? '';
  if (selector.kind === 'basic') {
    const half = event['readOnly'] === 'true' ? 'read' : 'write';
    return selector.halves.includes(half) && selector.objects.some((each) => arn.startsWith(each));
  }
  for (const { field, ...operators } of selector.fields) {
    const value = event[field] ?? '';
    const selected: boolean[] = [
      ...operators.equals.map((each) => value === each),
      ...operators.startsWith.map((each) => value.startsWith(each)),
      ...operators.endsWith.map((each) => value.endsWith(each)),
    ];
    const deselected: boolean[] = [
      ...operators.notEquals.map((each) => value === each),
      ...operators.notStartsWith.map((each) => value.startsWith(each)),
      ...operators.notEndsWith.map((each) => value.endsWith(each)),
    ];
    if (selected.length > 0 && !selected.includes(true)) return false;
    if (deselected.includes(true)) return false;
  }
  return true;
}

const texts: Readonly<Record<string, readonly string[]>> = {
  readOnly: ['true', 'false'],
  eventName: ['GetObject', 'Get', 'PutObject', 'Object'],
  eventSource: ['s3.amazonaws.com', 's3', 'lambda.amazonaws.com'],
  'resources.ARN': [
    'arn:aws:s3:::',
    ARN,
    `${ARN}/`,
    `${ARN}/logs/`,
    `${ARN}/logs/a.gz`,
    'arn:aws:s3:::data-2/',
    'arn:aws:s3:::other/a.gz',
    '.gz',
    'a/',
  ],
  'userIdentity.arn': ['arn:aws:iam::1:user/a', 'arn:'],
};

const some = (values: readonly string[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<string[]>([]) },
    fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }),
  );

const fieldSelector = fc
  .constantFrom(...Object.keys(texts))
  .chain((field): fc.Arbitrary<FieldSelector> => {
    const values = some(texts[field] ?? []);
    return fc.record({
      field: fc.constant(field),
      equals: values,
      startsWith: values,
      endsWith: values,
      notEquals: values,
      notStartsWith: values,
      notEndsWith: values,
    });
  });
const anyAdvanced = fc
  .uniqueArray(fieldSelector, { maxLength: 3, selector: ({ field }) => field })
  .map((fields) => advanced(...fields));
const anyBasic = fc.record({
  kind: fc.constant('basic' as const),
  halves: fc.subarray(['read', 'write'] as const, { minLength: 1 }),
  objects: fc.array(fc.constantFrom('arn:aws:s3', ...(texts['resources.ARN'] ?? [])), {
    maxLength: 3,
  }),
});
const half = fc.constantFrom<Half>('read', 'write');

/** Events on the bucket, with every mixture of keys, operations and identities that a clause could tell apart. */
function eventsOf(half: Half): readonly Event[] {
  const keys = ['', '~', 'a', '~.gz', 'logs/', 'logs/~', 'logs/a.gz', 'logs/~.gz', '~a/'].concat(
    texts['resources.ARN'] ?? [],
  );
  const names = ['GetObject', 'PutObject', 'Get', 'Object', '~', 'Get~', '~Object'];
  const people = ['arn:aws:iam::1:user/a', 'arn:', 'arn:~', '~', '~arn:'];
  const usual = {
    eventCategory: 'Data',
    'resources.type': 'AWS::S3::Object',
    readOnly: String(half === 'read'),
    eventSource: 's3.amazonaws.com',
  };
  return keys.flatMap((key) =>
    names.flatMap((eventName) =>
      people.map((arn) => ({
        ...usual,
        eventName,
        'resources.ARN': `${ARN}/${key}`,
        'userIdentity.arn': arn,
      })),
    ),
  );
}

const events = { read: eventsOf('read'), write: eventsOf('write') };

describe('beside an oracle that looks at one event after the other', () => {
  it('every means that each event is taken, none that none is', () => {
    const selectors = fc.array(fc.oneof(anyBasic, anyAdvanced), { maxLength: 3 });
    fc.assert(
      fc.property(selectors, half, (given, half) => {
        const reach = reachOf(given, ARN, half);
        const taken = events[half].map((event) => given.some((each) => takes(each, event)));
        if (reach === 'every') expect(taken).not.toContain(false);
        if (reach === 'none') expect(taken).not.toContain(true);
      }),
      { numRuns: 150 },
    );
  });

  it('partial means that one advanced selector leaves an event out', () => {
    fc.assert(
      fc.property(anyAdvanced, half, (selector: AdvancedEventSelector, half) => {
        const reach = reachOf([selector], ARN, half);
        if (typeof reach === 'string') return;
        expect(events[half].some((event) => !takes(selector, event))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
