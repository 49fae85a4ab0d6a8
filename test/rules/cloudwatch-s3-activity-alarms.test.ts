import { expect, it } from 'vitest';
import rule from '../../rules/cloudwatch-s3-activity-alarms.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { parametersOf } from '../../src/engine/parameters.ts';
import type { AccountFacets } from '../../src/facts/account.ts';
import { ACCESS_DENIED, securityEvents } from '../../src/knowledge/watching/s3-events.ts';
import { kinds } from '../../src/records/kinds.ts';
import { emptySettings } from '../../src/settings/settings.ts';
import {
  alarm,
  closedTopic,
  composite,
  logGroup,
  metricFilter,
  others,
  patternOf,
  regionRules,
  ruleOnAlarms,
  topic,
  trail,
  watched,
} from '../alarm-values.ts';
import { describeRule, UNKNOWN } from '../describe-rule.ts';
import { subjectOf } from '../subject-of.ts';

type Filter = Parameters<typeof metricFilter>[0];
const HERE = 'eu-central-1';
const cis = securityEvents.slice(0, 9);

const filters = (...parts: readonly Filter[]) => ({
  watchedTrails: [trail({ logGroup: logGroup({ filters: parts.map(metricFilter) }) })],
});
const alarms = (...parts: readonly Parameters<typeof alarm>[0][]) => filters({ alarms: parts.map(alarm) });
const silent = (parts: Parameters<typeof others>[0]) => alarms({ receivers: [], others: others(parts) });
const ORGANIZATION = 'arn:aws:cloudtrail:eu-central-1:999999999999:trail/organization';
const ofOrganization = (parts: Parameters<typeof trail>[0] = {}) =>
  trail({ name: 'organization', arn: ORGANIZATION, logGroup: logGroup({ account: '999999999999', filters: null }), ...parts });
const attested = (parts: object = {}) => ({
  attestations: [{ watches: 'alarms', arn: ORGANIZATION, accounts: ['*'], attestedBy: 'Head of security', at: '2026-02-01', ...parts }],
});
const CHANGES = { events: ['PutBucketPolicy', 'PutBucketAcl'] };

describeRule(rule, {
  given: { watchedTrails: [], eventRules: [], now: '2026-03-02T12:00:00.000Z' },
  cases: [
    { when: 'a filter, an alarm, a subscription', facts: { watchedTrails: [trail()] }, says: 'alarmed' },
    {
      when: 'two filters share the work',
      facts: filters({ pattern: patternOf(securityEvents.slice(0, 9)) }, { pattern: patternOf(securityEvents.slice(9)), name: 'more' }),
      says: 'alarmed',
    },
    { when: 'the names in any order', facts: filters({ pattern: patternOf([...securityEvents].reverse()) }), says: 'alarmed' },
    { when: 'every event of S3', facts: filters({ pattern: '{ $.eventSource = "s3.amazonaws.com" }' }), says: 'alarmed' },
    {
      when: "the benchmark's filter on refused requests",
      facts: filters({
        pattern:
          '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }',
      }),
      params: { events: [ACCESS_DENIED] },
      says: 'alarmed',
    },
    {
      when: 'a rule of EventBridge in each Region with buckets',
      facts: {
        watchedTrails: [trail({ logGroup: null })],
        eventRules: [regionRules(HERE), regionRules('us-east-1')],
      },
      params: CHANGES,
      says: 'alarmed',
    },
    {
      when: 'refused requests, by a rule that sees reads too',
      facts: {
        watchedTrails: [trail({ logGroup: null })],
        eventRules: [regionRules(HERE, { errorCode: ['AccessDenied'] }, { seesReads: true })],
      },
      params: { events: [ACCESS_DENIED] },
      says: 'alarmed',
    },
    {
      when: 'a topic that nobody subscribed to, where that is no matter',
      facts: alarms({ receivers: [topic('none')] }),
      params: { requireSubscription: false },
      says: 'alarmed',
    },
    { when: 'a second alarm makes up for the first', facts: alarms({ actionsEnabled: false }, { name: 'second' }), says: 'alarmed' },
    { when: 'a composite alarm with the action', facts: silent({ composites: [composite()] }), says: 'alarmed' },
    {
      when: 'a composite alarm on a composite alarm',
      facts: silent({
        composites: [composite({ name: 'part', receivers: [] }), composite({ name: 'whole', rule: 'ALARM(part)' })],
      }),
      says: 'alarmed',
    },
    { when: 'a rule of EventBridge on every alarm', facts: silent({ rules: [ruleOnAlarms()] }), says: 'alarmed' },
    {
      when: 'a rule of EventBridge on alarms of that name that sound',
      facts: silent({ rules: [ruleOnAlarms({ alarmName: [{ prefix: 's3-' }], state: { value: ['ALARM'] } })] }),
      says: 'alarmed',
    },
    {
      when: 'a rule of EventBridge on an alarm with its actions disabled',
      facts: alarms({ actionsEnabled: false, others: others({ rules: [ruleOnAlarms()] }) }),
      says: 'alarmed',
    },
    {
      when: 'a rule of EventBridge on the composite alarm',
      facts: silent({ composites: [composite({ receivers: [] })], rules: [ruleOnAlarms({ alarmName: ['all'] })] }),
      says: 'alarmed',
    },
    { when: 'alarms of the organization', facts: { watchedTrails: [ofOrganization()] }, params: attested(), says: 'attested' },
    {
      when: 'alarms of the organization, on a trail that does not show what it records',
      facts: { watchedTrails: [ofOrganization({ records: null })] },
      params: attested({ accounts: ['123456789012'] }),
      says: 'attested',
    },
    { when: 'seen here, and attested as well', facts: { watchedTrails: [ofOrganization(), trail()] }, params: attested(), says: 'alarmed' },
    {
      when: 'changes attested, and seen in rules here',
      facts: { watchedTrails: [ofOrganization()], eventRules: [regionRules(HERE)] },
      params: { ...attested(), ...CHANGES },
      says: 'alarmed',
    },
    {
      when: 'attested, on a trail that is seen to record no reads',
      facts: { watchedTrails: [ofOrganization({ records: { reads: false, writes: true } })] },
      params: attested(),
      says: 'unheard',
    },
    { when: 'attested, on a trail that is not there', facts: { watchedTrails: [] }, params: attested(), says: 'unheard' },
    {
      when: 'a composite alarm that needs two',
      facts: silent({ composites: [composite({ rule: 'ALARM(s3-changes) AND ALARM(x)' })] }),
      says: 'unheard',
    },
    { when: 'a composite alarm on others', facts: silent({ composites: [composite({ rule: 'ALARM(x)' })] }), says: 'unheard' },
    { when: 'a composite alarm without an action', facts: silent({ composites: [composite({ receivers: [] })] }), says: 'unheard' },
    {
      when: 'a composite alarm with its actions disabled',
      facts: silent({ composites: [composite({ actionsEnabled: false })] }),
      says: 'unheard',
    },
    { when: 'a rule of EventBridge on other alarms', facts: silent({ rules: [ruleOnAlarms({ alarmName: ['other'] })] }), says: 'unheard' },
    {
      when: 'a rule of EventBridge on alarms that end',
      facts: silent({ rules: [ruleOnAlarms({ state: { value: ['OK'] } })] }),
      says: 'unheard',
    },
    { when: 'a rule of EventBridge that tells no one', facts: silent({ rules: [ruleOnAlarms({}, { targets: [] })] }), says: 'unheard' },
    { when: 'a topic whose policy keeps CloudWatch out', facts: alarms({ receivers: [closedTopic()] }), says: 'unheard' },
    {
      when: 'a topic whose policy keeps EventBridge out',
      facts: {
        watchedTrails: [trail({ logGroup: null })],
        eventRules: [regionRules(HERE, undefined, { targets: [closedTopic()] })],
      },
      params: CHANGES,
      says: 'unheard',
    },
    { when: 'no trail at all', says: 'unheard' },
    { when: 'no trail, and no event by name', params: { events: [] }, says: 'unheard' },
    { when: 'nobody hears that Block Public Access was removed', facts: filters({ pattern: patternOf(cis) }), says: 'unheard' },
    { when: 'an alarm with its actions disabled', facts: alarms({ actionsEnabled: false }), says: 'unheard' },
    { when: 'an alarm without an action', facts: alarms({ receivers: [] }), says: 'unheard' },
    { when: 'a topic whose subscription is pending', facts: alarms({ receivers: [topic('none')] }), says: 'unheard' },
    {
      when: 'an alarm that stops an instance',
      facts: alarms({ receivers: [{ arn: 'arn:aws:automate:eu-central-1:ec2:stop', subscribers: null, topic: null }] }),
      says: 'unheard',
    },
    { when: 'an alarm at the hundredth event', facts: alarms({ threshold: 100 }), says: 'unheard' },
    { when: 'no alarm on the metric', facts: filters({ alarms: [] }), says: 'unheard' },
    { when: 'a filter with dimensions', facts: filters({ hasDimensions: true }), says: 'unheard' },
    {
      when: 'a filter for the root user alone',
      facts: filters({
        pattern: `{ ($.userIdentity.type = Root) && ${patternOf(securityEvents).slice(1, -1)} }`,
      }),
      says: 'unheard',
    },
    {
      when: 'names that the pattern excludes',
      facts: filters({
        pattern: patternOf(securityEvents).replaceAll('eventName =', 'eventName !=').replaceAll('||', '&&'),
      }),
      says: 'unheard',
    },
    { when: 'a filter that does not parse', facts: filters({ pattern: '{ $.eventName = ' }), says: 'unheard' },
    { when: 'a trail of one Region', facts: { watchedTrails: [trail({ isMultiRegion: false })] }, says: 'unheard' },
    { when: 'a trail of data events', facts: { watchedTrails: [trail({ records: { reads: false, writes: false } })] }, says: 'unheard' },
    { when: 'a trail of reads', facts: { watchedTrails: [trail({ records: { reads: true, writes: false } })] }, says: 'unheard' },
    {
      when: 'a rule of EventBridge where the trail of another Region does not feed it',
      facts: {
        watchedTrails: [trail({ region: 'us-east-1', isMultiRegion: false, logGroup: null })],
        eventRules: [regionRules(HERE)],
      },
      params: CHANGES,
      says: 'unheard',
    },
    {
      when: 'a trail of changes does not record every refused request',
      facts: { watchedTrails: [trail({ records: { reads: false, writes: true } })] },
      says: 'unheard',
    },
    {
      when: 'CloudTrail may not write to the log group',
      facts: { watchedTrails: [trail({ logGroup: logGroup({ deliveryError: 'AccessDenied' }) })] },
      says: 'unheard',
    },
    ...(
      [
        ['a day ago', '2026-03-01T12:00:00.000Z', 'alarmed'],
        ['more than a day ago', '2026-03-01T11:59:59.000Z', 'unheard'],
        ['at a time that it does not say', null, 'alarmed'],
        ['in an hour', '2026-03-02T13:00:00.000Z', 'alarmed'],
        ['next year', '2027-03-02T12:00:00.000Z', 'unheard'],
      ] as const
    ).map(([when, deliveredAt, says]) => ({
      when: `CloudTrail wrote to the log group ${when}`,
      facts: { watchedTrails: [trail({ logGroup: logGroup({ deliveredAt }) })] },
      says,
    })),
    {
      when: 'CloudTrail wrote to the log group two days ago, with three for it',
      facts: { watchedTrails: [trail({ logGroup: logGroup({ deliveredAt: '2026-02-28T12:00:00.000Z' }) })] },
      params: { maximumDeliveryLagHours: 72 },
      says: 'alarmed',
    },
    {
      when: 'the trail of another account, which does not show when it wrote',
      facts: {
        watchedTrails: [trail({ records: null, logGroup: logGroup({ deliveredAt: null, account: '999999999999', filters: null }) })],
      },
      says: UNKNOWN,
    },
    {
      when: 'a rule of EventBridge in one of two Regions',
      facts: {
        watchedTrails: [trail({ logGroup: null })],
        eventRules: [regionRules(HERE), { region: 'us-east-1', rules: [] }],
      },
      params: CHANGES,
      says: 'unheard',
    },
    {
      when: 'rules of EventBridge, where they do not count',
      facts: { watchedTrails: [trail({ logGroup: null })], eventRules: [regionRules(HERE)] },
      params: { ...CHANGES, acceptEventBridgeRule: false },
      says: 'unheard',
    },
    {
      when: 'a rule of EventBridge without a trail to feed it',
      facts: { eventRules: [regionRules(HERE)] },
      params: CHANGES,
      says: 'unheard',
    },
    {
      when: 'a rule of EventBridge that does not see reads',
      facts: {
        watchedTrails: [trail({ logGroup: null })],
        eventRules: [regionRules(HERE, { errorCode: ['AccessDenied'] })],
      },
      params: { events: [ACCESS_DENIED] },
      says: 'unheard',
    },
    {
      when: 'a rule of EventBridge whose target is a log group',
      facts: {
        watchedTrails: [trail({ logGroup: null })],
        eventRules: [
          regionRules(HERE, undefined, {
            targets: [{ arn: 'arn:aws:logs:eu-central-1:123456789012:log-group:x', subscribers: null, topic: null }],
          }),
        ],
      },
      params: CHANGES,
      says: 'unheard',
    },
    {
      when: 'names as long as AWS allows',
      facts: filters({
        name: 'f'.repeat(512),
        alarms: [alarm({ name: 'a'.repeat(255), receivers: [topic('none')] })],
      }),
      says: 'unheard',
    },
    { when: 'the metric in another unit', facts: alarms({ metrics: [watched({ unit: 'Bytes' })] }), says: 'unheard' },
  ],
});

type Facets = Pick<AccountFacets, 'watchedTrails' | 'eventRules'>;

function find(facets: Partial<Facets>, params = {}) {
  const all = { watchedTrails: [], eventRules: [], now: '2026-03-02T12:00:00.000Z', ...facets };
  const subject = subjectOf(kinds.account.example, rule.reads, (name) => ({
    value: all[name as keyof typeof all],
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
  expect(find(facets, params).message).toBe(`No alarm covers ${expected}.`);
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
    'a composite alarm that waits for a deployment, or a topic',
    silent({ composites: [composite({ rule: 'ALARM(s3-changes) AND NOT ALARM(deployment)' })] }),
    /alarm s3-changes is part of composite alarm all, which other alarms may keep silent/,
  ],
  [
    'a topic of a composite alarm',
    silent({ composites: [composite({ receivers: [topic('unseen')] })] }),
    /is part of composite alarm all, which notifies a topic of another account/,
  ],
  [
    'the bus that a rule on alarms hands them to',
    silent({
      rules: [
        ruleOnAlarms({}, { targets: [{ arn: 'arn:aws:events:eu-central-1:999999999999:event-bus/b', subscribers: null, topic: null }] }),
      ],
    }),
    /alarm s3-changes is handed to a rule that hands it to another event bus/,
  ],
  [
    'a topic that does not show its policy, or one',
    alarms({ receivers: [{ ...topic(), topic: { unavailable: 'access was denied', action: 'sns:GetTopicAttributes' } }] }),
    /notifies topic security, whose policy is not known: access was denied \(needs sns:GetTopicAttributes\)/,
  ],
  [
    'composite alarms that are refused, or those',
    alarms({ receivers: [], others: { unavailable: 'access was denied' } }),
    /alarm s3-changes may be handed on by others, which are not known: access was denied/,
  ],
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
              topic: null,
            },
          ],
        }),
      ],
    },
    /rule s3-rule in eu-central-1 hands it to another event bus/,
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
    topic: null,
  };
  const facets = {
    watchedTrails: [trail({ logGroup: null })],
    eventRules: [regionRules(HERE, { eventName: ['PutBucketAcl'] }, { targets: [bus] })],
  };
  expect(find(facets, CHANGES)).toMatchObject({ state: 'FAIL', messageId: 'unheard' });
});
