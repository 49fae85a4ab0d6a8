import { expect, it } from 'vitest';
import rule from '../../rules/cloudwatch-s3-activity-alarms.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import type { AccountFacets } from '../../src/facts/account.ts';
import { ACCESS_DENIED, securityEvents } from '../../src/knowledge/watching/s3-events.ts';
import { kinds } from '../../src/records/kinds.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import { alarm, logGroup, metricFilter, patternOf, regionRules, topic, trail, watched } from '../alarm-values.ts';
import { describeRule } from '../describe-rule.ts';
import { subjectOf } from '../subject-of.ts';

type Filter = Parameters<typeof metricFilter>[0];
const HERE = 'eu-central-1';
const cis = securityEvents.slice(0, 9);

const filters = (...parts: readonly Filter[]) => ({
  watchedTrails: [trail({ logGroup: logGroup({ filters: parts.map(metricFilter) }) })],
});
const alarms = (...parts: readonly Parameters<typeof alarm>[0][]) => filters({ alarms: parts.map(alarm) });
const CHANGES = { events: ['PutBucketPolicy', 'PutBucketAcl'] };

describeRule(rule, {
  given: { watchedTrails: [], eventRules: [] },
  compliant: [
    ['a filter, an alarm, a subscription', { watchedTrails: [trail()] }, 'alarmed'],
    [
      'two filters share the work',
      filters({ pattern: patternOf(securityEvents.slice(0, 9)) }, { pattern: patternOf(securityEvents.slice(9)), name: 'more' }),
      'alarmed',
    ],
    [
      // Steampipe's query asks for the names in the benchmark's order.
      'the names in any order',
      filters({ pattern: patternOf([...securityEvents].reverse()) }),
      'alarmed',
    ],
    ['every event of S3', filters({ pattern: '{ $.eventSource = "s3.amazonaws.com" }' }), 'alarmed'],
    [
      "the benchmark's filter on refused requests",
      filters({
        pattern:
          '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }',
      }),
      'alarmed',
      { events: [ACCESS_DENIED] },
    ],
    [
      // Prowler and Steampipe know metric filters alone.
      'a rule of EventBridge in each Region with buckets',
      {
        watchedTrails: [trail({ logGroup: null })],
        eventRules: [regionRules(HERE), regionRules('us-east-1')],
      },
      'alarmed',
      CHANGES,
    ],
    [
      'refused requests, by a rule that sees reads too',
      {
        watchedTrails: [trail({ logGroup: null })],
        eventRules: [regionRules(HERE, { errorCode: ['AccessDenied'] }, { seesReads: true })],
      },
      'alarmed',
      { events: [ACCESS_DENIED] },
    ],
    [
      'a topic that nobody subscribed to, where that is no matter',
      alarms({ receivers: [topic('none')] }),
      'alarmed',
      { requireSubscription: false },
    ],
    ['a second alarm makes up for the first', alarms({ actionsEnabled: false }, { name: 'second' }), 'alarmed'],
  ],
  nonCompliant: [
    ['no trail at all', {}, 'unheard'],
    ['no trail, and no event by name', {}, 'unheard', { events: [] }],
    [
      // Prowler and Steampipe pass with the nine names of the benchmark.
      'nobody hears that Block Public Access was removed',
      filters({ pattern: patternOf(cis) }),
      'unheard',
    ],
    [
      // Prowler passes an alarm on the metric, whether its actions run or not.
      'an alarm with its actions disabled',
      alarms({ actionsEnabled: false }),
      'unheard',
    ],
    ['an alarm without an action', alarms({ receivers: [] }), 'unheard'],
    [
      // Prowler does not look at the topic.
      'a topic whose subscription is pending',
      alarms({ receivers: [topic('none')] }),
      'unheard',
    ],
    [
      'an alarm that stops an instance',
      alarms({ receivers: [{ arn: 'arn:aws:automate:eu-central-1:ec2:stop', subscribers: null }] }),
      'unheard',
    ],
    [
      // Prowler and Steampipe do not look at the threshold.
      'an alarm at the hundredth event',
      alarms({ threshold: 100 }),
      'unheard',
    ],
    ['no alarm on the metric', filters({ alarms: [] }), 'unheard'],
    ['a filter with dimensions', filters({ hasDimensions: true }), 'unheard'],
    [
      // Prowler's expression finds the names, and does not see that they must come from the root user.
      'a filter for the root user alone',
      filters({
        pattern: `{ ($.userIdentity.type = Root) && ${patternOf(securityEvents).slice(1, -1)} }`,
      }),
      'unheard',
    ],
    [
      'names that the pattern excludes',
      filters({
        pattern: patternOf(securityEvents).replaceAll('eventName =', 'eventName !=').replaceAll('||', '&&'),
      }),
      'unheard',
    ],
    ['a filter that does not parse', filters({ pattern: '{ $.eventName = ' }), 'unheard'],
    ['a trail of one Region', { watchedTrails: [trail({ isMultiRegion: false })] }, 'unheard'],
    [
      // Prowler and Steampipe do not look at the selectors.
      'a trail of data events',
      { watchedTrails: [trail({ records: { reads: false, writes: false } })] },
      'unheard',
    ],
    ['a trail of reads', { watchedTrails: [trail({ records: { reads: true, writes: false } })] }, 'unheard'],
    [
      'a rule of EventBridge where the trail of another Region does not feed it',
      {
        watchedTrails: [trail({ region: 'us-east-1', isMultiRegion: false, logGroup: null })],
        eventRules: [regionRules(HERE)],
      },
      'unheard',
      CHANGES,
    ],
    [
      'a trail of changes does not record every refused request',
      { watchedTrails: [trail({ records: { reads: false, writes: true } })] },
      'unheard',
    ],
    [
      'CloudTrail may not write to the log group',
      { watchedTrails: [trail({ logGroup: logGroup({ deliveryError: 'AccessDenied' }) })] },
      'unheard',
    ],
    [
      'a rule of EventBridge in one of two Regions',
      {
        watchedTrails: [trail({ logGroup: null })],
        eventRules: [regionRules(HERE), { region: 'us-east-1', rules: [] }],
      },
      'unheard',
      CHANGES,
    ],
    [
      'rules of EventBridge, where they do not count',
      { watchedTrails: [trail({ logGroup: null })], eventRules: [regionRules(HERE)] },
      'unheard',
      { ...CHANGES, acceptEventBridgeRule: false },
    ],
    ['a rule of EventBridge without a trail to feed it', { eventRules: [regionRules(HERE)] }, 'unheard', CHANGES],
    [
      'a rule of EventBridge that does not see reads',
      {
        watchedTrails: [trail({ logGroup: null })],
        eventRules: [regionRules(HERE, { errorCode: ['AccessDenied'] })],
      },
      'unheard',
      { events: [ACCESS_DENIED] },
    ],
    [
      'a rule of EventBridge whose target is a log group',
      {
        watchedTrails: [trail({ logGroup: null })],
        eventRules: [
          regionRules(HERE, undefined, {
            targets: [{ arn: 'arn:aws:logs:eu-central-1:123456789012:log-group:x', subscribers: null }],
          }),
        ],
      },
      'unheard',
      CHANGES,
    ],
    [
      'names as long as AWS allows',
      filters({
        name: 'f'.repeat(512),
        alarms: [alarm({ name: 'a'.repeat(255), receivers: [topic('none')] })],
      }),
      'unheard',
    ],
    ['the metric in another unit', alarms({ metrics: [watched({ unit: 'Bytes' })] }), 'unheard'],
  ],
});

type Facets = Pick<AccountFacets, 'watchedTrails' | 'eventRules'>;

function find(facets: Partial<Facets>, params = {}) {
  const all: Facets = { watchedTrails: [], eventRules: [], ...facets };
  const subject = subjectOf(kinds.account.example, rule.reads, (name) => ({
    value: all[name as keyof Facets],
  }));
  const values = parametersOf(rule, emptySettings, params);
  return evaluate(rule, subject, {
    ...{ params: values, waivers: [], accounts: {}, now: '', capturedAt: null },
  });
}

it.each<[string, Partial<Facets>, string, object?]>([
  ['no trail', {}, 'PutBucketPolicy and PutBucketAcl: no running multi-Region trail records it to a log group', CHANGES],
  [
    'no filter',
    filters(),
    'PutBucketPolicy and PutBucketAcl: no metric filter on the log of a running trail matches it from anyone',
    CHANGES,
  ],
  [
    'a pending subscription',
    alarms({ receivers: [topic('none')] }),
    'PutBucketPolicy and PutBucketAcl: alarm s3-changes notifies a topic without a confirmed subscription',
    CHANGES,
  ],
  [
    'Regions without a rule',
    {
      watchedTrails: [trail({ logGroup: null })],
      eventRules: [regionRules(HERE), { region: 'us-east-1', rules: [] }],
    },
    'PutBucketPolicy and PutBucketAcl: no rule of EventBridge in us-east-1 matches it',
    CHANGES,
  ],
  [
    'more events than fit',
    {},
    'PutBucketAcl, PutBucketPolicy, PutBucketCors, PutBucketLifecycle, PutBucketReplication and 16 more: no running multi-Region trail records it to a log group',
  ],
  [
    'a name that would act on the screen',
    filters({ name: 'x\u202ey', alarms: [] }),
    'PutBucketPolicy and PutBucketAcl: no alarm is on the metric of filter x\\u{202e}y',
    CHANGES,
  ],
])('the message says what is nearest to telling somebody: %s', (_name, facets, expected, params) => {
  expect(find(facets, params).message).toBe(`Nobody is told of ${expected}.`);
});

it('the evidence has every event with its own reason', () => {
  expect(find(filters({ pattern: patternOf(['PutBucketAcl']), alarms: [] }), CHANGES).evidence).toEqual({
    unheard: [
      {
        event: 'PutBucketPolicy',
        because: 'no metric filter on the log of a running trail matches it from anyone',
      },
      { event: 'PutBucketAcl', because: 'no alarm is on the metric of filter s3-filter' },
    ],
  });
});

const foreign = trail({
  name: 'organization',
  logGroup: logGroup({ account: '999999999999', filters: null }),
});

it.each<[string, Partial<Facets>, RegExp]>([
  ['a log group', { watchedTrails: [foreign] }, /trail organization logs in account 999999999999/],
  [
    'a log group, beside an alarm nobody hears',
    { watchedTrails: [...alarms({ receivers: [] }).watchedTrails, foreign] },
    /trail organization logs in account 999999999999/,
  ],
  [
    'a trail, which feeds the rules of EventBridge here,',
    { watchedTrails: [trail({ logGroup: null, records: null })], eventRules: [regionRules(HERE)] },
    /the only trail that may record it is of another account/,
  ],
  ['a topic', alarms({ receivers: [topic('unseen')] }), /alarm s3-changes notifies a topic of another account/],
  [
    'a bus',
    {
      watchedTrails: [trail({ logGroup: null })],
      eventRules: [
        regionRules(HERE, undefined, {
          targets: [
            {
              arn: 'arn:aws:events:eu-central-1:999999999999:event-bus/central',
              subscribers: null,
            },
          ],
        }),
      ],
    },
    /rule s3-rule in eu-central-1 hands it to another account or bus/,
  ],
])('%s of another account, which alone may tell of an event, is missing evidence', (_name, facets, reason) => {
  const finding = find(facets, CHANGES);
  expect(finding).toMatchObject({
    state: 'UNKNOWN',
    verdict: 'NON_COMPLIANT',
    messageId: 'evidenceUnavailable',
  });
  expect(finding.message).toMatch(reason);
});

it('what can be heard here needs no evidence from there', () => {
  expect(find({ watchedTrails: [foreign, trail()] }).state).toBe('PASS');
});

it('filters here on the log of a trail that may record nothing prove nothing', () => {
  expect(find({ watchedTrails: [trail({ records: null })] }, CHANGES).state).toBe('UNKNOWN');
});

it('a trail that shows nothing does not stand in the way of one that does', () => {
  const hidden = trail({ logGroup: null, records: null });
  const facets = {
    watchedTrails: [hidden, trail({ logGroup: null })],
    eventRules: [regionRules(HERE)],
  };
  expect(find(facets, CHANGES).state).toBe('PASS');
});

it('a log group elsewhere that CloudTrail fails to write to tells nobody there either', () => {
  const logOf = logGroup({ account: '999999999999', filters: null, deliveryError: 'AccessDenied' });
  expect(find({ watchedTrails: [trail({ logGroup: logOf })] }, CHANGES)).toMatchObject({
    state: 'FAIL',
    message: expect.stringContaining('trail main fails to write to its log group'),
  });
});

it('what nobody hears here is a failure although something else cannot be seen', () => {
  const bus = {
    arn: 'arn:aws:events:eu-central-1:999999999999:event-bus/central',
    subscribers: null,
  };
  const facets = {
    watchedTrails: [trail({ logGroup: null })],
    eventRules: [regionRules(HERE, { eventName: ['PutBucketAcl'] }, { targets: [bus] })],
  };
  expect(find(facets, CHANGES)).toMatchObject({ state: 'FAIL', messageId: 'unheard' });
});
